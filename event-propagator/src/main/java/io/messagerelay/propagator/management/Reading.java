package io.messagerelay.propagator.management;

import io.messagerelay.propagator.spool.Books;
import io.messagerelay.propagator.spool.Pacing;
import io.messagerelay.propagator.spool.SpoolException;
import io.messagerelay.propagator.spool.SpoolHolding;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a run stands, all that the spool holds of one moment.
 *
 * @param pacing empty before the first contact with the consumer
 * @param beatAge since the last step; zero before the first
 */
record Reading(
    SpoolHolding holding,
    Duration oldestAge,
    Optional<Pacing> pacing,
    boolean paused,
    Duration beatAge) {

  /**
   * @throws SpoolException when the spool cannot be read
   */
  static Reading of(Vitals vitals, Instant now) {
    SpoolHolding holding = vitals.spool().look();
    return new Reading(
        holding,
        holding.age(now).orElse(Duration.ZERO),
        vitals.pace().last(),
        vitals.paused().getAsBoolean(),
        vitals.heartbeat().last().map(beat -> Duration.between(beat, now)).orElse(Duration.ZERO));
  }

  Books books() {
    return holding.books();
  }

  /** Whether nobody knows that the consumer takes anything now. */
  boolean isAway() {
    return pacing.isEmpty() || pacing.get().nextAsk().isPresent();
  }

  int inFlight() {
    return pacing.map(Pacing::inFlight).orElse(0);
  }

  int allowed() {
    return pacing.map(Pacing::allowed).orElse(0);
  }
}
