package io.messagerelay.contract;

/** An event's id as a person meets it in the log. */
public final class ShortId {
  private static final int HEAD = 8;
  private static final int TAIL = 4;

  private ShortId() {}

  /**
   * Its first and last code points: {@code 01995b7e…4f2a}. The first alone are the time, which
   * UUIDv7s of the same minute share.
   */
  public static String of(String eventId) {
    int length = eventId.codePointCount(0, eventId.length());
    if (length <= HEAD + 1 + TAIL) {
      return eventId;
    }
    return eventId.substring(0, eventId.offsetByCodePoints(0, HEAD))
        + "…"
        + eventId.substring(eventId.offsetByCodePoints(eventId.length(), -TAIL));
  }
}
