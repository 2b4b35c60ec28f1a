package io.messagerelay.propagator.delivery;

import io.messagerelay.propagator.spool.AsideEvent;
import io.messagerelay.propagator.spool.Settlement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * When an event that was set aside is given up, and becomes a dead letter.
 *
 * @param after how long it was aside; empty for never
 */
public record GiveUp(Optional<Duration> after, Clock clock) {
  /** No consumer has refused it. */
  private static final int NO_STATUS = 0;

  /**
   * What becomes of an event that has just failed again; empty when it stays aside, as it does
   * while nothing else has passed: the fault may be the consumer's.
   */
  Optional<Settlement> on(AsideEvent failed) {
    Duration aside = Duration.between(failed.since(), clock.instant());
    return after
        .filter(limit -> failed.failures() > 0 && aside.compareTo(limit) >= 0)
        .map(
            limit ->
                new Settlement.Dead(
                    failed.event(),
                    NO_STATUS,
                    List.of(
                        "given up (GIVE_UP_AFTER) after %,d attempts"
                            .formatted(failed.event().attempts()),
                        failed.cause())));
  }
}
