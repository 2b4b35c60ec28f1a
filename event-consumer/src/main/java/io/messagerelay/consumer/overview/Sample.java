package io.messagerelay.consumer.overview;

import java.time.Instant;
import java.util.Optional;

/**
 * Some seconds of this process.
 *
 * @param time where they end
 * @param stored events, in these seconds
 * @param refused events, in these seconds
 * @param commit of the transactions that ended in them; empty where there was none
 * @param queue events that wait at their end
 */
public record Sample(
    Instant time, long stored, long refused, Optional<Percentiles> commit, int queue) {}
