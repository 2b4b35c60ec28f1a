package io.messagerelay.propagator.source.file;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Files packed by gzip (RFC 1952), of one member or of several. */
final class Gzip {
  static final int MAGIC_BYTES = 2;
  private static final int BUFFER_BYTES = 64 * 1024;

  private Gzip() {}

  static boolean isPacked(byte[] beginning) {
    return beginning.length >= MAGIC_BYTES
        && beginning[0] == (byte) 0x1F
        && beginning[1] == (byte) 0x8B;
  }

  static InputStream unpack(InputStream packed) throws IOException {
    try {
      return new GZIPInputStream(new NeverEmpty(packed), BUFFER_BYTES);
    } catch (IOException e) {
      throw inWords(e);
    }
  }

  static IOException inWords(IOException fault) {
    return switch (fault) {
      case EOFException _ -> new IOException("the gzip is cut off", fault);
      case ZipException _ -> new IOException("the gzip is damaged", fault);
      default -> fault;
    };
  }

  /**
   * Looks for a further member when the input has nothing at hand, too: a pipe may be empty for a
   * moment, and {@link GZIPInputStream} would take that for the end.
   */
  private static final class NeverEmpty extends FilterInputStream {
    NeverEmpty(InputStream in) {
      super(in);
    }

    @Override
    public int available() {
      return 1;
    }
  }
}
