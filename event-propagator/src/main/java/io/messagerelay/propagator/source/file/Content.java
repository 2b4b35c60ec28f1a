package io.messagerelay.propagator.source.file;

import java.io.IOException;

/** The bytes of one input, unpacked where it was packed. For one thread. */
interface Content extends AutoCloseable {

  /**
   * Reads on. Throws with words for a person.
   *
   * @return how many bytes; 0 when there are none now, -1 when there will be no more
   */
  int read(byte[] into) throws IOException;

  /** How many bytes of the file were read, as it lies on the disk. */
  long rawBytes();

  @Override
  void close();
}
