package io.messagerelay.propagator.management;

import io.messagerelay.base.Amounts;
import io.messagerelay.propagator.spool.Pacing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether a run is well, with the reason in words. A consumer that is away and a source that is
 * paused are said, and are no illness: a restart would not help. Shared by threads.
 */
final class Health {
  private final Duration patience;
  private final BooleanSupplier ending;
  private final Clock clock;

  private volatile @Nullable Working working;

  /**
   * @param patience how old the last step may be
   * @param ending whether the run was asked to end
   */
  Health(Duration patience, BooleanSupplier ending, Clock clock) {
    this.patience = patience;
    this.ending = ending;
    this.clock = clock;
  }

  private record Working(Vitals vitals, Instant since) {}

  /** The loops work from now on. */
  void begin(Vitals vitals) {
    working = new Working(vitals, clock.instant());
  }

  /** Whether the loops have begun. */
  Answer started() {
    return working == null
        ? Answer.unavailable("not started: the spool is being opened")
        : Answer.ok("started");
  }

  /** Whether a restart would help: it does not while the run begins or ends. */
  Answer live() {
    Working now = working;
    if (now == null) {
      return Answer.ok("live: starting");
    }
    if (ending.getAsBoolean()) {
      return Answer.ok("live: ending");
    }
    return hangs(now) ? Answer.unavailable("not live: " + hanging(now)) : Answer.ok("live");
  }

  /** Whether events are taken and delivered, as far as that is this run's matter. */
  Answer ready() {
    Working now = working;
    if (now == null) {
      return Answer.unavailable("not ready: starting");
    }
    if (ending.getAsBoolean()) {
      return Answer.unavailable("not ready: ending");
    }
    return hangs(now)
        ? Answer.unavailable("not ready: " + hanging(now))
        : Answer.ok("ready" + consumer(now.vitals) + source(now.vitals));
  }

  private boolean hangs(Working now) {
    return sinceLastStep(now).compareTo(patience) > 0;
  }

  private Duration sinceLastStep(Working now) {
    return Duration.between(now.vitals.heartbeat().last().orElse(now.since), clock.instant());
  }

  private String hanging(Working now) {
    return "the last step was made %s ago".formatted(Amounts.time(sinceLastStep(now)));
  }

  private String consumer(Vitals vitals) {
    Optional<Pacing> pacing = vitals.pace().last();
    return pacing.isEmpty()
        ? "; the consumer has not answered yet"
        : pacing.get().nextAsk().map(this::away).orElse("");
  }

  private String away(Instant nextAsk) {
    Duration wait = Duration.between(clock.instant(), nextAsk);
    return "; the consumer is away, asked "
        + (wait.isPositive() ? "next in " + Amounts.time(wait) : "now");
  }

  private static String source(Vitals vitals) {
    return vitals.paused().getAsBoolean() ? "; nothing is taken for want of room" : "";
  }
}
