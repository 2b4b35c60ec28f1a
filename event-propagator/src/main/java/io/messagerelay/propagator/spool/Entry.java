package io.messagerelay.propagator.spool;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of something that a spool keeps, without its body.
 *
 * @param seq its key on its {@link Shelf}; never given to another
 * @param eventId {@code null} for an item that never had one
 * @param attempts how many were started
 * @param bytes of its body
 */
public record Entry(
    long seq,
    @Nullable String eventId,
    @Nullable String eventKey,
    String source,
    String place,
    Instant taken,
    int attempts,
    long bytes,
    State state) {

  /** How it stands. */
  public sealed interface State {

    /** It waits for delivery. {@code due} is in the past: now. */
    record Waiting(Instant due) implements State {}

    /** It is a dead letter. The status is 0 when no consumer refused it. */
    record Dead(Instant died, int status, List<String> reasons) implements State {
      public Dead {
        reasons = List.copyOf(reasons);
      }

      /** {@code 400 /event_type must be a string}. */
      public String why() {
        return (status == 0 ? "" : status + " ") + String.join("; ", reasons);
      }
    }
  }
}
