package io.messagerelay.propagator.spool;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event in the spool that is being attempted.
 *
 * @param seq its place in the spool; the key, because ids may repeat
 * @param body the JSON object as it goes over the wire
 * @param attempts how many were started, this one included; 1 or more
 */
public record SpooledEvent(
    long seq,
    String eventId,
    @Nullable String eventKey,
    String source,
    String place,
    byte[] body,
    Instant taken,
    int attempts) {}
