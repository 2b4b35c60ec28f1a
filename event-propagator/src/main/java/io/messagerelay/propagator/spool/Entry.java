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

    /**
     * It fails again and again while others pass, and is out of its lane. Its attempts count on.
     *
     * @param due when it is tried next; in the past: now
     * @param since when it was set aside
     * @param cause what it failed of last
     * @param failures how often it has failed since
     */
    record SetAside(Instant due, Instant since, String cause, int failures) implements State {}

    /**
     * It waits for an older event of its key that is set aside.
     *
     * @param head the {@link Entry#seq} of that one
     */
    record Behind(long head) implements State {}

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
