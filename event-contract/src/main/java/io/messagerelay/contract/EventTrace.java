package io.messagerelay.contract;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The trace of which an event is a part, and the names of the spans in it that are known before
 * they begin (W3C Trace Context §3.2). All follows from the event alone: whoever relays it and
 * whoever stores it find the same names, however often it is sent and in whatever batch.
 *
 * @param traceId 32 hexadecimal digits: of the event's {@code traceparent}, or made of its id
 * @param parent the span that the event's {@code traceparent} names, 16 hexadecimal digits; {@code
 *     null} where it brings none, and this trace begins with the event
 * @param wanted whether the {@code traceparent} says that the trace is recorded; {@code null} where
 *     there is none to say so
 * @param relaySpan the event's way from the source to its end
 * @param sendSpan the request that ended it, a part of that
 */
public record EventTrace(
    String traceId,
    @Nullable String parent,
    @Nullable Boolean wanted,
    String relaySpan,
    String sendSpan) {
  private static final HexFormat DIGITS = HexFormat.of();

  /** So that the names are not the beginning of a hash that is known for something else. */
  private static final String OF_A_TRACE = "message-relay trace of ";

  /** W3C Trace Context §3.2.2.5.1: the flag that says a trace is recorded. */
  private static final int SAMPLED = 1;

  /**
   * @param traceparent valid by {@link Traceparent}; {@code null} for none
   */
  public static EventTrace of(String eventId, @Nullable String traceparent) {
    byte[] made = Sha256.of(OF_A_TRACE + eventId);
    String relaySpan = DIGITS.formatHex(made, 16, 24);
    String sendSpan = DIGITS.formatHex(made, 24, 32);
    if (traceparent == null) {
      return new EventTrace(DIGITS.formatHex(made, 0, 16), null, null, relaySpan, sendSpan);
    }
    boolean wanted = (HexFormat.fromHexDigits(traceparent, 53, 55) & SAMPLED) != 0;
    return new EventTrace(
        traceparent.substring(3, 35), traceparent.substring(36, 52), wanted, relaySpan, sendSpan);
  }

  /** The {@code traceparent} of what is caused by the request with the event. */
  public String whileSent(boolean recorded) {
    return "00-%s-%s-%s".formatted(traceId, sendSpan, recorded ? "01" : "00");
  }
}
