package io.messagerelay.benchmarks.load;

import java.nio.ByteBuffer;

/**
 * The bytes of a request, made once. Before each sending only the event ids in them change. Owned
 * by the thread of a {@link ClosedLoop}.
 */
public final class Request {
  /** Writes an id's characters at an index of a buffer. */
  interface Ids {
    void writeTo(ByteBuffer bytes, int at);
  }

  private final ByteBuffer bytes;
  private final int[] idsAt;
  private final Ids ids;

  /**
   * @param idsAt where the events' ids begin
   */
  Request(byte[] bytes, int[] idsAt, Ids ids) {
    this.bytes = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    this.idsAt = idsAt;
    this.ids = ids;
  }

  /** The next request, ready to be written. */
  ByteBuffer next() {
    for (int at : idsAt) {
      ids.writeTo(bytes, at);
    }
    return bytes.rewind();
  }
}
