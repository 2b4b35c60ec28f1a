package io.messagerelay.propagator.source.file;

import io.messagerelay.contract.EventLimits;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What is being cut out, gathered from blocks. Keeps its beginning and counts the rest. */
final class Piece {
  static final int MOST_BYTES = EventLimits.EVENT_BYTES;

  /** Beyond the most that an item has, room for the CR of its line. */
  private static final int MOST_KEPT = MOST_BYTES + 1;

  private byte[] kept = new byte[1024];
  private int size;
  private long length;

  void add(byte[] block, int from, int to) {
    int more = Math.min(to - from, MOST_KEPT - size);
    if (size + more > kept.length) {
      kept = Arrays.copyOf(kept, Math.min(MOST_KEPT, Math.max(size + more, 2 * kept.length)));
    }
    System.arraycopy(block, from, kept, size, more);
    size += more;
    length += to - from;
  }

  /** In bytes, those that are not kept too. */
  long length() {
    return length;
  }

  /** Whether all of it is kept and none of it but blanks. */
  boolean isBlank() {
    return size == length && lastSign() == 0;
  }

  /** The last byte that is no blank; 0 when there is none, or when the last ones are not kept. */
  byte lastSign() {
    if (size < length) {
      return 0;
    }
    int last = size - 1;
    while (last >= 0 && Blanks.isBlank(kept[last])) {
      last--;
    }
    return last < 0 ? 0 : kept[last];
  }

  /** Whether it ends with a line feed and blanks behind it. */
  boolean endsLine() {
    if (size < length) {
      return false;
    }
    int last = size - 1;
    while (last >= 0 && kept[last] != '\n' && Blanks.isBlank(kept[last])) {
      last--;
    }
    return last >= 0 && kept[last] == '\n';
  }

  /** Leaves out the CR that ends it. */
  void dropCarriageReturn() {
    if (size > 0 && size == length && kept[size - 1] == '\r') {
      size--;
      length--;
    }
  }

  /** Leaves out the blanks that end it. */
  void dropBlanks() {
    while (size > 0 && size == length && Blanks.isBlank(kept[size - 1])) {
      size--;
      length--;
    }
  }

  /**
   * Gives it and begins anew.
   *
   * @param reason why it cannot be an item; {@code null} when only its length may be the reason
   */
  Cut take(long offset, long line, @Nullable String reason) {
    byte[] body = Arrays.copyOf(kept, Math.min(size, MOST_BYTES));
    String why = reason == null && length > MOST_BYTES ? tooLong() : reason;
    clear();
    return why == null
        ? new Cut.Whole(body, offset, line)
        : new Cut.Broken(body, offset, line, why);
  }

  private String tooLong() {
    return "is %,d bytes long; an event has at most %,d".formatted(length, MOST_BYTES);
  }

  void clear() {
    size = 0;
    length = 0;
  }
}
