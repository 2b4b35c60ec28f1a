package io.messagerelay.benchmarks.following;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Finds the lines in the bytes of an answer that comes in chunks (RFC 9112 §7.1), wherever these
 * are cut. For one thread.
 */
final class StreamLines {
  /** What is done with a line. */
  interface Taker {
    /**
     * Takes a line.
     *
     * @param bytes the line without its end; they change after this
     */
    void line(byte[] bytes, int length);
  }

  private enum Part {
    HEAD,
    SIZE,
    DATA,
    DATA_END
  }

  private static final int FIRST_SIZE = 512;
  private static final byte[] OK = "HTTP/1.1 200 ".getBytes(US_ASCII);

  private final Taker taker;
  private Part part = Part.HEAD;
  private boolean isFirstLine = true;
  private byte[] line = new byte[FIRST_SIZE];
  private int length;
  private long missing;

  StreamLines(Taker taker) {
    this.taker = taker;
  }

  /**
   * Takes all bytes of the buffer.
   *
   * @throws IllegalStateException when the answer is none with status 200, or has ended
   */
  void take(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      switch (part) {
        case HEAD -> head(bytes.get());
        case SIZE -> size(bytes.get());
        case DATA -> data(bytes);
        case DATA_END -> part = bytes.get() == '\n' ? Part.SIZE : Part.DATA_END;
      }
    }
  }

  private void head(byte next) {
    if (next != '\n') {
      add(next);
      return;
    }
    if (isFirstLine && !Arrays.equals(line, 0, OK.length, OK, 0, OK.length)) {
      throw new IllegalStateException(
          "a stream was answered with " + new String(line, 0, length, US_ASCII).strip());
    }
    isFirstLine = false;
    part = length <= 1 ? Part.SIZE : Part.HEAD;
    length = 0;
  }

  private void size(byte next) {
    int digit = Character.digit(next, 16);
    if (digit >= 0) {
      missing = 16 * missing + digit;
    } else if (next == '\n' && missing == 0) {
      throw new IllegalStateException("a stream has ended");
    } else if (next == '\n') {
      part = Part.DATA;
    }
  }

  private void data(ByteBuffer bytes) {
    byte next = bytes.get();
    if (next == '\n') {
      taker.line(line, length);
      length = 0;
    } else {
      add(next);
    }
    if (--missing == 0) {
      part = Part.DATA_END;
    }
  }

  private void add(byte next) {
    if (length == line.length) {
      line = Arrays.copyOf(line, 2 * length);
    }
    line[length++] = next;
  }
}
