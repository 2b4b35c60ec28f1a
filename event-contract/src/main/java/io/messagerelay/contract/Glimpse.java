package io.messagerelay.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/**
 * What can be seen of an event that was refused.
 *
 * @param type its type where it could be read and is one
 * @param beginning of what came, at most {@value #MOST_BYTES} bytes, cut between characters; what
 *     is no UTF-8 is replaced
 */
public record Glimpse(@Nullable String type, String beginning) {
  static final int MOST_BYTES = 1024;

  /** Of what was too large to be looked at. */
  public static final Glimpse NONE = new Glimpse(null, "");

  /** Of one that was valid: its payload's beginning. */
  public static Glimpse of(Event event) {
    String text = event.payload().text();
    byte[] bytes = text.substring(0, Math.min(text.length(), MOST_BYTES)).getBytes(UTF_8);
    return of(event.type(), JsonText.of(bytes));
  }

  static Glimpse of(@Nullable String type, JsonText event) {
    return new Glimpse(type, beginning(event));
  }

  static String beginning(JsonText text) {
    int end = text.from() + Math.min(text.length(), MOST_BYTES);
    boolean cut = end < text.to();
    while (cut && end > text.from() && Utf8.isContinuation(text.bytes()[end])) {
      end--;
    }
    return new String(text.bytes(), text.from(), end - text.from(), UTF_8);
  }
}
