package io.messagerelay.propagator.source.file;

import io.messagerelay.propagator.source.file.Position.Expected;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the elements of a JSON array. Looks only at brackets, strings and commas, so that an element
 * that is not JSON is one bad item and the next ones go on. What stands between the elements, and
 * should not, is broken.
 *
 * <pre>
 * START --[--> FIRST --element--> COMMA --,--> ELEMENT --element--> COMMA --]--> NOTHING
 *                    --]--> NOTHING
 * </pre>
 *
 * <p>Where an element is not closed, the next one is taken to begin with a <code>{</code> that is
 * the first sign of a line and that JSON does not allow there: in a string, or where an object
 * wants a name. A bracket that closes another one than the last also closes those in between.
 */
final class ArrayCutter implements Cutter {
  private static final byte[] EMPTY = {};

  /** What {@code piece} is. */
  private enum Open {
    NONE,
    /** An object, an array or a string: goes on to the bracket or the quote that closes it. */
    CLOSED_BY_ITSELF,
    /** A number, a word or no JSON at all: goes on to the next comma, bracket, quote or line. */
    BARE,
    /** All that is left. */
    REST
  }

  private final Piece piece = new Piece();
  private final Brackets brackets = new Brackets();
  private byte[] block = EMPTY;
  private int at;
  private int limit;
  private boolean ended;

  /** The offset of {@code block[0]}. */
  private long base;

  private long line;
  private Expected expected;

  private Open open = Open.NONE;
  private boolean inString;
  private boolean escaped;
  private Position begin;
  private @Nullable String reason;

  /** Begins where another one stood. */
  ArrayCutter(Position from) {
    this.base = from.offset();
    this.line = from.line();
    this.expected = from.expected();
    this.begin = from;
  }

  @Override
  public void feed(byte[] bytes, int from, int to) {
    base += at - from;
    block = bytes;
    at = from;
    limit = to;
  }

  @Override
  public void end() {
    ended = true;
  }

  @Override
  public Position position() {
    return open == Open.NONE ? here() : begin;
  }

  private Position here() {
    return new Position(base + at, line, expected);
  }

  @Override
  public @Nullable Cut next() {
    if (open == Open.NONE) {
      Cut wrong = between();
      if (wrong != null) {
        return wrong;
      }
    }
    int from = at;
    boolean complete =
        switch (open) {
          case NONE -> false;
          case CLOSED_BY_ITSELF -> passClosed();
          case BARE -> passBare();
          case REST -> passRest();
        };
    piece.add(block, from, at);
    if (complete) {
      return finish();
    }
    return ended ? cutOff() : null;
  }

  /** Goes on to where an element begins, or to what is wrong before it. */
  private @Nullable Cut between() {
    Cut wrong = null;
    while (wrong == null && open == Open.NONE && at < limit) {
      byte sign = block[at];
      if (Blanks.isBlank(sign)) {
        line += sign == '\n' ? 1 : 0;
        at++;
      } else if (expected == Expected.NOTHING) {
        begin(Open.REST, "stands after the end of the array");
      } else if (sign == ',') {
        wrong = comma();
      } else if (sign == ']') {
        wrong = close();
      } else if (sign == '[' && expected == Expected.START) {
        expected = Expected.FIRST;
        at++;
      } else {
        beginElement(sign);
      }
    }
    return wrong;
  }

  private @Nullable Cut comma() {
    Cut wrong =
        switch (expected) {
          case COMMA, COMMA_OR_NOTHING -> null;
          case START, FIRST, ELEMENT, NOTHING -> alone("there is no element before the comma");
        };
    expected = Expected.ELEMENT;
    at++;
    return wrong;
  }

  private @Nullable Cut close() {
    Cut wrong =
        switch (expected) {
          case FIRST, COMMA, COMMA_OR_NOTHING -> null;
          case ELEMENT -> alone("there is no element after the last comma");
          case START, NOTHING -> alone("no array ends here");
        };
    expected = Expected.NOTHING;
    at++;
    return wrong;
  }

  /** The sign here, which is no element and belongs to none. */
  private Cut alone(String why) {
    piece.add(block, at, at + 1);
    return piece.take(base + at, line, why);
  }

  private void beginElement(byte sign) {
    inString = sign == '"';
    brackets.clear();
    boolean closed = inString || sign == '{' || sign == '[';
    begin(
        closed ? Open.CLOSED_BY_ITSELF : Open.BARE,
        switch (expected) {
          case START -> "stands before the array";
          case FIRST, ELEMENT, NOTHING -> null;
          case COMMA, COMMA_OR_NOTHING -> "there is no comma before it";
        });
    if (closed) {
      if (!inString) {
        brackets.open(sign);
      }
      piece.add(block, at, at + 1);
      at++;
    }
  }

  private void begin(Open what, @Nullable String why) {
    begin = here();
    open = what;
    reason = why;
    if (expected != Expected.START) {
      expected = expected == Expected.NOTHING ? Expected.NOTHING : Expected.COMMA;
    }
  }

  /** True when the element is complete; then {@code at} is behind it. */
  private boolean passClosed() {
    int from = at;
    boolean complete = false;
    while (!complete && at < limit) {
      complete = inString ? passString(from) : passTokens(from);
    }
    return complete;
  }

  private boolean passString(int from) {
    int i = at;
    boolean next = false;
    while (i < limit && inString && !next) {
      byte sign = block[i];
      if (escaped) {
        escaped = false;
      } else if (sign == '"') {
        inString = false;
      } else if (sign == '\\') {
        escaped = true;
      } else if (sign == '{') {
        next = beginsLine(from, i);
      }
      if (!next) {
        line += sign == '\n' ? 1 : 0;
        i++;
      }
    }
    at = i;
    return next ? nextBegins() : !inString && brackets.areClosed();
  }

  private boolean passTokens(int from) {
    int i = at;
    boolean complete = false;
    while (i < limit && !inString && !complete) {
      byte sign = block[i];
      switch (sign) {
        case '"' -> inString = true;
        case '\n' -> line++;
        case '{' -> {
          if (brackets.areInObject() && beginsLine(from, i) && lastSign(from, i) != ':') {
            at = i;
            return nextBegins();
          }
          brackets.open(sign);
        }
        case '[' -> brackets.open(sign);
        case '}' -> complete = brackets.close('{');
        case ']' -> complete = closesArray();
        default -> {}
      }
      i++;
    }
    at = i;
    return complete;
  }

  /** A {@code ]} that no bracket of the element is open for may be the array's. */
  private boolean closesArray() {
    if (!brackets.has('[')) {
      expected = Expected.COMMA_OR_NOTHING;
      return true;
    }
    return brackets.close('[');
  }

  /** The element was not closed; what follows needs no comma. */
  private boolean nextBegins() {
    inString = false;
    expected = Expected.ELEMENT;
    return true;
  }

  /** Whether only blanks stand before {@code i} in its line; {@code piece} ends at {@code from}. */
  private boolean beginsLine(int from, int i) {
    int before = i - 1;
    while (before >= from && block[before] != '\n' && Blanks.isBlank(block[before])) {
      before--;
    }
    return before >= from ? block[before] == '\n' : piece.endsLine();
  }

  private byte lastSign(int from, int i) {
    int before = i - 1;
    while (before >= from && Blanks.isBlank(block[before])) {
      before--;
    }
    return before >= from ? block[before] : piece.lastSign();
  }

  private boolean passBare() {
    // The first sign may be any: it is what the element begins with.
    int i = piece.length() == 0 ? Math.min(limit, at + 1) : at;
    while (i < limit && !endsBare(block[i])) {
      i++;
    }
    at = i;
    return i < limit;
  }

  private static boolean endsBare(byte sign) {
    return switch (sign) {
      case ',', ']', '[', '{', '"', '\n' -> true;
      default -> false;
    };
  }

  private boolean passRest() {
    at = limit;
    return false;
  }

  private @Nullable Cut cutOff() {
    String why = "the input ends before the array does";
    if (open == Open.REST) {
      return finish();
    }
    if (open != Open.NONE) {
      expected = Expected.NOTHING;
      reason = why;
      return finish();
    }
    return switch (expected) {
      case START, COMMA_OR_NOTHING, NOTHING -> null;
      case FIRST, ELEMENT, COMMA -> {
        expected = Expected.NOTHING;
        yield piece.take(base + at, line, why);
      }
    };
  }

  private Cut finish() {
    if (open != Open.CLOSED_BY_ITSELF) {
      piece.dropBlanks();
    }
    open = Open.NONE;
    inString = false;
    escaped = false;
    return piece.take(begin.offset(), begin.line(), reason);
  }
}
