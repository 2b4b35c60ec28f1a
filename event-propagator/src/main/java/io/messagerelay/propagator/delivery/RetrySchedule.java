package io.messagerelay.propagator.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * When to try again; the only place that computes delays. Shared by the lanes, so {@code random}
 * must be one that threads may share.
 *
 * <p>After the n-th failure in a row: {@code asked + max(10 ms, uniform(0, min(30 s, 100 ms ×
 * 2^(n-1))))}. That is exponential backoff with full jitter: lanes that failed together come back
 * spread out, and the 10 ms keep a lucky draw from being no delay at all. {@code asked} is the
 * consumer's {@code Retry-After} within 100 ms and one hour, or nothing; the jitter comes on top,
 * or all would come back at the very moment that was asked for.
 *
 * <p>An event that was set aside waits after its n-th failure since: {@code asked + d/2 +
 * uniform(0, d/2)}, where {@code d} is {@code min(5 min, 1 s × 2^n)}.
 */
public final class RetrySchedule {
  private static final Duration BASE = Duration.ofMillis(100);
  private static final Duration CAP = Duration.ofSeconds(30);
  private static final Duration BASE_ASIDE = Duration.ofSeconds(1);
  private static final Duration CAP_ASIDE = Duration.ofMinutes(5);
  private static final Duration SHORTEST = Duration.ofMillis(10);
  private static final Duration LEAST_ASKED = Duration.ofMillis(100);
  private static final Duration MOST_ASKED = Duration.ofHours(1);

  /** So that a lane looks at its spool, and its loop says that it lives, however long the delay. */
  static final Duration LONGEST_SLEEP = Duration.ofSeconds(1);

  private final Clock clock;
  private final RandomGenerator random;

  public RetrySchedule(Clock clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /**
   * @param failures of the lane in a row; 1 or more
   * @param asked the consumer's {@code Retry-After}
   */
  Instant after(int failures, Optional<Duration> asked) {
    return clock.instant().plus(least(asked)).plus(jittered(failures));
  }

  private static Duration least(Optional<Duration> asked) {
    return asked.map(RetrySchedule::bounded).orElse(Duration.ZERO);
  }

  /**
   * @param failures of an event since it was set aside; 1 or more
   * @param asked the consumer's {@code Retry-After}
   */
  Instant afterAside(int failures, Optional<Duration> asked) {
    long half = doubled(BASE_ASIDE, failures, CAP_ASIDE) / 2;
    return clock.instant().plus(least(asked)).plusNanos(half + random.nextLong(half));
  }

  /** When to see whether a person has changed the setting. */
  Instant whenHeld() {
    return clock.instant().plus(CAP);
  }

  /** How long a lane may sleep whose oldest event is due then, if it has one. */
  Duration sleepUntil(Optional<Instant> due) {
    return due.map(instant -> Duration.between(clock.instant(), instant))
        .map(wait -> within(Duration.ZERO, wait, LONGEST_SLEEP))
        .orElse(LONGEST_SLEEP);
  }

  private Duration jittered(int failures) {
    long drawn = random.nextLong(doubled(BASE, failures - 1, CAP));
    return Duration.ofNanos(Math.max(SHORTEST.toNanos(), drawn));
  }

  private static long doubled(Duration base, int times, Duration most) {
    return Math.min(most.toNanos(), base.toNanos() << Math.min(times, 20));
  }

  private static Duration bounded(Duration asked) {
    return within(LEAST_ASKED, asked, MOST_ASKED);
  }

  private static Duration within(Duration least, Duration value, Duration most) {
    if (value.compareTo(least) < 0) {
      return least;
    }
    return value.compareTo(most) < 0 ? value : most;
  }
}
