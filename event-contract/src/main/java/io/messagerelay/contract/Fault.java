package io.messagerelay.contract;

/**
 * One thing that is wrong with an event. Pointer and detail hold no control character; together
 * they stay below 200 characters.
 *
 * @param pointer where, as a JSON Pointer (RFC 6901) into the event; empty for the whole of it. A
 *     member's name that nobody knows is shortened, and what cannot be printed in it is replaced.
 * @param detail what is wrong and what is allowed, for a person; never the payload
 */
public record Fault(String pointer, String detail) {
  /** In code points. */
  private static final int LONGEST_POINTER = 80;

  private static final int LONGEST_DETAIL = 110;

  /**
   * A fault whose pointer or detail may repeat what an event holds: shortened, and with what cannot
   * be printed replaced.
   */
  public static Fault shortened(String pointer, String detail) {
    return new Fault(shown(pointer, LONGEST_POINTER), shown(detail, LONGEST_DETAIL));
  }

  /** Fit for a log and for the strictest reader of JSON. */
  static String shown(String text, int longest) {
    StringBuilder shown = new StringBuilder();
    text.codePoints().limit(longest).map(Fault::printable).forEach(shown::appendCodePoint);
    if (text.codePointCount(0, text.length()) > longest) {
      shown.append('…');
    }
    return shown.toString();
  }

  private static int printable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          0xFFFD;
      default -> codePoint;
    };
  }

  /** One line for a person: {@code /event_type must be a string}. */
  public String text() {
    return pointer.isEmpty() ? detail : pointer + " " + detail;
  }
}
