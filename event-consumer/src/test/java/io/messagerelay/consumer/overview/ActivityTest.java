package io.messagerelay.consumer.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.consumer.store.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ActivityTest implements Counters {
  private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

  private final ManualClock clock = new ManualClock(START);
  private final CommitTimes commits = new CommitTimes();
  private long stored = 7;
  private long refused = 3;
  private int queued;
  private final Activity activity = new Activity(this, commits, clock, this::nanos);

  @Override
  public long stored() {
    return stored;
  }

  @Override
  public long refused() {
    return refused;
  }

  @Override
  public int queuedEvents() {
    return queued;
  }

  @Override
  public long queuedBytes() {
    return 100L * queued;
  }

  private long nanos() {
    return Duration.between(Instant.EPOCH, clock.instant()).toNanos();
  }

  private void seconds(int seconds) {
    for (int i = 0; i < seconds; i++) {
      clock.advance(Activity.TICK);
      activity.tick();
    }
  }

  @Test
  void nothing_has_happened_at_the_start() {
    Overview overview = activity.overview();

    assertThat(overview.time()).isEqualTo(START);
    assertThat(overview.storedPerSecond()).isZero();
    assertThat(overview.refusedPerSecond()).isZero();
    assertThat(overview.commit()).isEmpty();
    assertThat(overview.samples()).isEmpty();
  }

  @Test
  void what_waits_is_that_of_the_moment() {
    queued = 5;

    assertThat(activity.overview().queuedEvents()).isEqualTo(5);
    assertThat(activity.overview().queuedBytes()).isEqualTo(500);
  }

  @Test
  void a_rate_is_seen_before_the_next_tick_and_is_none_of_a_moment() {
    stored += 10;
    clock.advance(Duration.ofMillis(1));
    assertThat(activity.overview().storedPerSecond()).isEqualTo(10);

    clock.advance(Duration.ofMillis(1_999));
    assertThat(activity.overview().storedPerSecond()).isEqualTo(5);
  }

  @Test
  void a_rate_is_of_the_last_ten_seconds() {
    for (int second = 0; second < 30; second++) {
      stored += 3;
      refused++;
      seconds(1);
    }
    assertThat(activity.overview().storedPerSecond()).isEqualTo(3);
    assertThat(activity.overview().refusedPerSecond()).isEqualTo(1);

    seconds(5);
    assertThat(activity.overview().storedPerSecond()).isEqualTo(1.5);

    seconds(5);
    assertThat(activity.overview().storedPerSecond()).isZero();
  }

  @Test
  void each_sample_is_of_five_seconds_and_they_stand_in_the_order_of_time() {
    stored += 4;
    commits.record(TimeUnit.MILLISECONDS.toNanos(20));
    seconds(5);
    refused += 2;
    queued = 9;
    seconds(9);

    assertThat(activity.overview().samples()).hasSize(2);
    Sample first = activity.overview().samples().getFirst();
    Sample second = activity.overview().samples().getLast();
    assertThat(first.time()).isEqualTo(START.plusSeconds(5));
    assertThat(first.stored()).isEqualTo(4);
    assertThat(first.refused()).isZero();
    assertThat(first.commit().orElseThrow().p50()).isBetween(0.0198, 0.0202);
    assertThat(second).isEqualTo(new Sample(START.plusSeconds(10), 0, 2, Optional.empty(), 9));
  }

  @Test
  void ten_minutes_are_kept_and_no_more() {
    seconds(3_600);

    assertThat(activity.overview().samples()).hasSize(Activity.MOST_SAMPLES);
    assertThat(activity.overview().samples().getFirst().time())
        .isEqualTo(START.plus(Duration.ofMinutes(50)).plusSeconds(5));
    assertThat(activity.overview().samples().getLast().time())
        .isEqualTo(START.plus(Duration.ofMinutes(60)));
  }

  /** As a scheduler makes up for them when the process was stopped for a while. */
  @Test
  void ticks_that_come_all_at_once_make_no_samples_of_nothing() {
    seconds(4);
    clock.advance(Duration.ofMinutes(1));
    for (int i = 0; i < 60; i++) {
      activity.tick();
    }

    assertThat(activity.overview().samples())
        .extracting(Sample::time)
        .containsExactly(START.plusSeconds(64));
  }
}
