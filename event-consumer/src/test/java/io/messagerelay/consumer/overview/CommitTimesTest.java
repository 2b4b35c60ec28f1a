package io.messagerelay.consumer.overview;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CommitTimesTest {
  private final CommitTimes times = new CommitTimes();

  private void record(long millis) {
    times.record(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  private Percentiles all() {
    return times.ofAllSlices().orElseThrow();
  }

  @Test
  void half_and_ninety_nine_of_a_hundred_took_no_longer() {
    for (int millis = 1; millis <= 100; millis++) {
      record(millis);
    }

    assertThat(all().p50()).isBetween(0.0495, 0.0505);
    assertThat(all().p99()).isBetween(0.098, 0.1);
  }

  @Test
  void where_nothing_was_committed_there_are_none() {
    assertThat(times.ofAllSlices()).isEmpty();
    assertThat(times.endSlice()).isEmpty();
  }

  @Test
  void a_slice_has_what_came_in_it_and_all_have_everything() {
    record(1);
    Optional<Percentiles> first = times.endSlice();
    record(100);
    Optional<Percentiles> second = times.endSlice();

    assertThat(first.orElseThrow().p99()).isLessThan(0.0011);
    assertThat(second.orElseThrow().p50()).isGreaterThan(0.09);
    assertThat(all().p50()).isLessThan(0.0011);
    assertThat(all().p99()).isGreaterThan(0.09);
  }

  @Test
  void what_came_is_forgotten_after_as_many_slices_as_there_are() {
    record(1);
    for (int i = 1; i < CommitTimes.SLICES; i++) {
      times.endSlice();
    }
    assertThat(times.ofAllSlices()).isPresent();

    times.endSlice();
    assertThat(times.ofAllSlices()).isEmpty();
  }

  @Test
  void a_transaction_that_hangs_counts_as_a_minute() {
    times.record(Duration.ofHours(1).toNanos());

    assertThat(all().p50()).isBetween(59.0, 61.0);
  }

  @Test
  void looking_takes_nothing_away() {
    record(1);

    assertThat(all()).isEqualTo(all());
    assertThat(times.endSlice()).isPresent();
  }
}
