package io.messagerelay.propagator.spool;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A refused event, kept until a person resends or discards it.
 *
 * @param seq its place among the dead letters, in the order in which they died
 * @param eventId {@code null} for an item that never had one
 * @param status the HTTP status of the refusal; 0 when it was refused at the source
 */
public record DeadLetter(
    long seq,
    @Nullable String eventId,
    @Nullable String eventKey,
    String source,
    String place,
    byte[] body,
    Instant taken,
    Instant died,
    int attempts,
    int status,
    List<String> reasons) {
  public DeadLetter {
    reasons = List.copyOf(reasons);
  }
}
