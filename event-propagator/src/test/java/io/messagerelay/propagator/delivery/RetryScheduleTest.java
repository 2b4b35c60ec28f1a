package io.messagerelay.propagator.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.propagator.spool.ManualClock;
import io.messagerelay.propagator.spool.Spool;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryScheduleTest {
  private static final long SEED = 20_260_301;
  private static final int DRAWS = 10_000;

  private final ManualClock clock = new ManualClock();
  private final RetrySchedule schedule = new RetrySchedule(clock, new Random(SEED));

  @ParameterizedTest
  @CsvSource({
    "1, 100",
    "2, 200",
    "3, 400",
    "9, 25600",
    "10, 30000",
    "11, 30000",
    "64, 30000",
    "1000000, 30000",
    "2147483647, 30000"
  })
  void delay_is_drawn_evenly_below_a_bound_that_doubles_up_to_30_seconds(int failures, long bound) {
    long[] delays = delays(failures).toArray();

    assertThat(LongStream.of(delays).min().orElseThrow())
        .as("shortest, seed " + SEED)
        .isBetween(10L, Math.max(10, bound / 100));
    assertThat(LongStream.of(delays).max().orElseThrow())
        .as("longest, seed " + SEED)
        .isBetween(bound * 98 / 100, bound);
    assertThat(LongStream.of(delays).average().orElseThrow())
        .as("average, seed " + SEED)
        .isBetween(bound * 0.47, bound * 0.53);
  }

  @Test
  void first_five_tries_take_a_second_and_a_half_on_average() {
    double sum =
        IntStream.rangeClosed(1, 5)
            .mapToDouble(failures -> delays(failures).average().orElseThrow())
            .sum();

    assertThat(sum).as("seed " + SEED).isBetween(1_450.0, 1_650.0);
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 100",
    "PT0.05S, 100",
    "PT7S, 7000",
    "PT1H, 3600000",
    "P365D, 3600000",
    "PT999999999999999999S, 3600000"
  })
  void what_is_asked_for_is_the_least_within_100_ms_and_an_hour(Duration asked, long least) {
    for (int i = 0; i < 1_000; i++) {
      assertThat(delay(1, Optional.of(asked)))
          .as("seed " + SEED)
          .isBetween(Duration.ofMillis(least), Duration.ofMillis(least + 100));
    }
  }

  @Test
  void lanes_do_not_come_back_together_at_the_moment_that_was_asked_for() {
    assertThat(
            IntStream.range(0, 16)
                .mapToObj(i -> delay(5, Optional.of(Duration.ofSeconds(10))))
                .distinct())
        .as("seed " + SEED)
        .hasSizeGreaterThan(12);
  }

  @Test
  void no_delay_is_longer_than_a_spool_keeps() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(delay(20, Optional.of(Duration.ofDays(1))))
          .as("seed " + SEED)
          .isLessThanOrEqualTo(Spool.LONGEST_DELAY);
    }
  }

  @Test
  void held_lane_waits_half_a_minute() {
    assertThat(schedule.whenHeld()).isEqualTo(clock.instant().plusSeconds(30));
  }

  @ParameterizedTest
  @CsvSource({"-PT1H, PT0S", "PT0S, PT0S", "PT0.3S, PT0.3S", "PT1S, PT1S", "PT1H, PT1S"})
  void lane_sleeps_until_it_is_due_and_never_over_a_second(Duration due, Duration sleep) {
    assertThat(schedule.sleepUntil(Optional.of(clock.instant().plus(due)))).isEqualTo(sleep);
  }

  @Test
  void idle_lane_sleeps_for_a_second() {
    assertThat(schedule.sleepUntil(Optional.empty())).isEqualTo(Duration.ofSeconds(1));
  }

  private LongStream delays(int failures) {
    return IntStream.range(0, DRAWS).mapToLong(i -> delay(failures, Optional.empty()).toMillis());
  }

  private Duration delay(int failures, Optional<Duration> asked) {
    return Duration.between(clock.instant(), schedule.after(failures, asked));
  }
}
