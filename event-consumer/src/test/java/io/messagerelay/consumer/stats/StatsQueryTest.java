package io.messagerelay.consumer.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatsQueryTest {
  private static final Instant NOW = Instant.parse("2026-01-02T12:34:56.789Z");

  private static StatsQuery valid(Map<String, List<String>> parameters) {
    return ((StatsQuery.Reading.Valid) StatsQuery.read(parameters, NOW)).query();
  }

  private static List<String> faults(Map<String, List<String>> parameters) {
    return ((StatsQuery.Reading.Faulty) StatsQuery.read(parameters, NOW))
        .faults().stream().map(fault -> fault.parameter() + " " + fault.detail()).toList();
  }

  @Test
  void without_parameters_it_is_the_last_24_hours_and_the_one_that_runs() {
    assertThat(valid(Map.of()))
        .isEqualTo(
            new StatsQuery(
                Instant.parse("2026-01-01T13:00:00Z"),
                Instant.parse("2026-01-02T13:00:00Z"),
                List.of()));
  }

  @Test
  void bounds_move_outwards_to_whole_hours() {
    assertThat(
            valid(
                Map.of(
                    "since", List.of("2026-01-01T10:59:59.999Z"),
                    "until", List.of("2026-01-01T14:00:00.000001+01:00"))))
        .isEqualTo(
            new StatsQuery(
                Instant.parse("2026-01-01T10:00:00Z"),
                Instant.parse("2026-01-01T14:00:00Z"),
                List.of()));
    assertThat(valid(Map.of("until", List.of("2026-01-01T13:00:00Z"))).until())
        .isEqualTo("2026-01-01T13:00:00Z");
  }

  @Test
  void bounds_stay_within_the_years_that_can_be_written() {
    assertThat(valid(Map.of("until", List.of("9999-12-31T23:59:60Z"))).until())
        .isEqualTo("9999-12-31T23:00:00Z");
    assertThat(valid(Map.of("until", List.of("0000-01-01T00:00:00Z"))).since())
        .isEqualTo("1970-01-01T00:00:00Z");
  }

  @Test
  void a_type_may_come_often_and_counts_once() {
    assertThat(valid(Map.of("type", List.of("a", "b", "a"))).types()).containsExactly("a", "b");
  }

  @Test
  void every_fault_is_named() {
    assertThat(faults(Map.of("hours", List.of("3"))))
        .containsExactly("hours is not a parameter here; there are since, until, type");
    assertThat(faults(Map.of("since", List.of("yesterday"), "type", List.of(""))))
        .containsExactly(
            "since must be a time of RFC 3339, such as 2026-01-31T12:00:00Z",
            "type must have 1 to 255 characters");
    assertThat(faults(Map.of("until", List.of("2026-01-01T13:00:00Z", "2026-01-01T13:00:00Z"))))
        .containsExactly("until may be given once");
    assertThat(faults(Map.of("type", Collections.nCopies(21, "a"))))
        .containsExactly("type may be given at most 20 times");
  }
}
