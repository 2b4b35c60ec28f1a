package io.messagerelay.propagator.source.file;

import org.jspecify.annotations.Nullable;

/**
 * Cuts lines, ended by LF or CRLF. Blank ones are counted and left out. The last line need not be
 * ended, but is given only when the input has ended: it may still grow.
 */
final class LineCutter implements Cutter {
  private static final byte[] NOTHING = {};

  private final Piece piece = new Piece();
  private byte[] block = NOTHING;
  private int at;
  private int limit;
  private boolean ended;
  private long offset;
  private long line;

  /** Begins where a line begins. */
  LineCutter(Position from) {
    this.offset = from.offset();
    this.line = from.line();
  }

  @Override
  public void feed(byte[] bytes, int from, int to) {
    block = bytes;
    at = from;
    limit = to;
  }

  @Override
  public void end() {
    ended = true;
  }

  @Override
  public @Nullable Cut next() {
    while (at < limit) {
      int end = lineFeed();
      piece.add(block, at, end);
      at = Math.min(limit, end + 1);
      if (end < limit) {
        Cut cut = finish(1);
        if (cut != null) {
          return cut;
        }
      }
    }
    return ended && piece.length() > 0 ? finish(0) : null;
  }

  private int lineFeed() {
    int end = at;
    while (end < limit && block[end] != '\n') {
      end++;
    }
    return end;
  }

  /** The line that was gathered; {@code null} for a blank one. */
  private @Nullable Cut finish(int lineFeeds) {
    long itsOffset = offset;
    long itsLine = line;
    offset += piece.length() + lineFeeds;
    line += lineFeeds;
    if (piece.isBlank()) {
      piece.clear();
      return null;
    }
    piece.dropCarriageReturn();
    return piece.take(itsOffset, itsLine, null);
  }

  @Override
  public Position position() {
    return new Position(offset, line, Position.Expected.START);
  }
}
