package io.messagerelay.propagator.source.file;

import io.messagerelay.propagator.source.file.Position.Expected;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The items of a content, one after the other. Whether it is a JSON array or lines is told by its
 * first byte that is no blank. For one thread.
 */
final class ItemReader implements AutoCloseable {
  static final int BLOCK_BYTES = 64 * 1024;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final Content content;
  private final byte[] block = new byte[BLOCK_BYTES];
  private @Nullable Cutter cutter;
  private Position position;
  private @Nullable Cut held;
  private boolean ended;

  /**
   * @param content opened at the position's offset; closed with this
   */
  ItemReader(Content content, Position from) {
    this.content = content;
    this.position = from;
    if (from.offset() > 0) {
      cutter = from.expected() == Expected.START ? new LineCutter(from) : new ArrayCutter(from);
    }
  }

  /** The next one, again and again until it is taken; {@code null} when there is none now. */
  @Nullable Cut peek() throws IOException {
    if (held == null) {
      held = read();
    }
    return held;
  }

  /** Goes on behind what {@link #peek} gave. */
  void take() {
    if (held != null && cutter != null) {
      held = null;
      position = cutter.position();
    }
  }

  /** Whether {@code null} of {@link #peek} means that there will be no more. */
  boolean isOver() {
    return ended && held == null;
  }

  /** Behind what was taken last. */
  Position position() {
    return position;
  }

  /**
   * Where the item of {@link #peek} stands, for a person.
   *
   * @param item its number, from 1
   */
  String place(String label, Cut cut, long item) {
    return cutter instanceof ArrayCutter
        ? Places.ofElement(label, cut, item)
        : Places.ofLine(label, cut);
  }

  long rawBytes() {
    return content.rawBytes();
  }

  private @Nullable Cut read() throws IOException {
    Cut cut = next();
    while (cut == null && !ended) {
      int size = content.read(block);
      if (size == 0) {
        return null;
      }
      feed(size);
      cut = next();
    }
    return cut;
  }

  private @Nullable Cut next() {
    return cutter == null ? null : cutter.next();
  }

  private void feed(int size) {
    if (size < 0) {
      ended = true;
      if (cutter != null) {
        cutter.end();
      }
    } else if (cutter == null) {
      begin(size);
    } else {
      cutter.feed(block, 0, size);
    }
  }

  /** Leaves out what stands before the first sign, and looks at that. */
  private void begin(int size) {
    int at = position.offset() == 0 && hasMark(size) ? BYTE_ORDER_MARK.length : 0;
    long line = position.line();
    while (at < size && Blanks.isBlank(block[at])) {
      line += block[at] == '\n' ? 1 : 0;
      at++;
    }
    position = new Position(position.offset() + at, line, Expected.START);
    if (at < size) {
      cutter = block[at] == '[' ? new ArrayCutter(position) : new LineCutter(position);
      cutter.feed(block, at, size);
    }
  }

  private boolean hasMark(int size) {
    boolean marked = size >= BYTE_ORDER_MARK.length;
    for (int i = 0; marked && i < BYTE_ORDER_MARK.length; i++) {
      marked = block[i] == BYTE_ORDER_MARK[i];
    }
    return marked;
  }

  @Override
  public void close() {
    content.close();
  }
}
