package io.messagerelay.benchmarks.slowing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TallyTest {
  private final Tally tally = new Tally(1_000);

  @Test
  void requests_in_flight_are_the_mean_over_the_time() {
    tally.arrived(1_000, false);
    tally.arrived(1_050, false);
    tally.answered(1_075, 1_000, 10);

    assertThat(tally.take(1_100).inFlight()).isEqualTo(1.25);
    assertThat(tally.take(1_200).inFlight()).isEqualTo(1);
  }

  @Test
  void events_count_when_they_are_answered_for_and_once() {
    tally.arrived(1_000, false);
    assertThat(tally.take(1_100).delivered()).isZero();

    tally.answered(1_150, 1_000, 10);

    assertThat(tally.take(1_200).delivered()).isEqualTo(10);
    assertThat(tally.take(1_300).delivered()).isZero();
  }

  @Test
  void latency_is_from_arrival_to_answer() {
    tally.arrived(1_020, false);
    tally.answered(1_120, 1_020, 1);

    assertThat(tally.take(1_200).latency().getMaxValue()).isEqualTo(100);
  }

  @Test
  void requests_with_events_that_were_sent_before_are_counted() {
    tally.arrived(1_000, true);
    tally.arrived(1_000, false);

    assertThat(tally.take(1_100).again()).isEqualTo(1);
  }
}
