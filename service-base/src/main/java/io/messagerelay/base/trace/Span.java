package io.messagerelay.base.trace;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A part of an event's way that is over.
 *
 * @param traceId 32 hexadecimal digits
 * @param id 16 hexadecimal digits; {@code null} where nobody else has to know it
 * @param parent the span that this is a part of; {@code null} where the trace begins
 * @param words what is known of it; those that are empty are left out
 * @param numbers the same
 * @param failure why it failed; {@code null} when it did not
 */
public record Span(
    Part part,
    String traceId,
    @Nullable String id,
    @Nullable String parent,
    Instant begun,
    Instant ended,
    Map<String, String> words,
    Map<String, Long> numbers,
    @Nullable String failure) {

  /** Which part. */
  public enum Part {
    /** From the source to its end, in event-propagator. */
    RELAY,
    /** The request that ended it there. */
    SEND,
    /** From its arrival to its commit, in event-consumer. */
    STORE
  }
}
