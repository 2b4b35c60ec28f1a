package io.messagerelay.contract;

import java.util.List;
import java.util.function.Predicate;

/**
 * One thing that the text of a member must be.
 *
 * @param detail what is allowed, for a person
 */
record Rule(String detail, Predicate<String> holds) {
  private static final Rule WELL_FORMED =
      new Rule("must not hold half of a surrogate pair", Rule::isWellFormed);

  private static final Rule NO_CONTROL =
      new Rule("must not hold a control character", text -> !holdsControl(text));

  private static final Rule NO_BLANK_AT_ENDS =
      new Rule(
          "must not begin or end with a blank",
          text -> !text.startsWith(" ") && !text.endsWith(" "));

  /** Clients and proxies take such a segment out of a path (RFC 3986 §5.2.4). */
  private static final Rule NO_DOTS =
      new Rule("must not be . or ..", text -> !text.equals(".") && !text.equals(".."));

  static final List<Rule> FOR_PAYLOAD = List.of(WELL_FORMED);

  static final List<Rule> FOR_NAME =
      List.of(length(EventLimits.NAME_LENGTH), WELL_FORMED, NO_CONTROL, NO_BLANK_AT_ENDS);

  static final List<Rule> FOR_ID =
      List.of(length(EventLimits.ID_LENGTH), WELL_FORMED, NO_CONTROL, NO_BLANK_AT_ENDS, NO_DOTS);

  static final List<Rule> FOR_TRACEPARENT =
      List.of(
          new Rule(
              "must be a W3C traceparent in lower case: 00, 32, 16 and 2 hexadecimal digits, joined"
                  + " by dashes; no id all zero",
              Traceparent.FORM.asMatchPredicate()));

  private static Rule length(int longest) {
    return new Rule(
        "must be 1 to " + longest + " characters long",
        text -> !text.isEmpty() && text.codePointCount(0, text.length()) <= longest);
  }

  private static boolean holdsControl(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  /** Bytes are checked by {@link Utf8}; half a pair can still be written as an escape. */
  private static boolean isWellFormed(String text) {
    int at = 0;
    while (at < text.length()) {
      int codePoint = text.codePointAt(at);
      if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
        return false;
      }
      at += Character.charCount(codePoint);
    }
    return true;
  }
}
