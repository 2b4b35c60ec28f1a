package io.messagerelay.propagator.spool;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a spool holds, all of one moment but the size of its log.
 *
 * @param aside events that fail again and again while others pass; they are pending
 * @param oldest when the event was taken that waits longest; empty when nothing waits
 * @param logBytes the size of the write-ahead log
 */
public record SpoolHolding(Books books, long aside, Optional<Instant> oldest, long logBytes) {

  /** How long the oldest event waits; empty when nothing does, zero when the clock was set back. */
  public Optional<Duration> age(Instant now) {
    return oldest
        .map(taken -> Duration.between(taken, now))
        .map(age -> age.isNegative() ? Duration.ZERO : age);
  }
}
