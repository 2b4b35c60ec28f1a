package io.messagerelay.consumer.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.consumer.query.EventQuery.Reading;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The parameters of {@code GET /event} that leave events out. */
final class FilterParametersTest {
  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00.25Z");

  @Test
  void takes_every_filter() {
    Map<String, List<String>> given =
        Map.of(
            "type", List.of("a", "order.*", "b", "*"),
            "key", List.of("k"),
            "q", List.of("\u0000"),
            "payload", List.of("{\"a\":1}"));

    assertThat(valid(given).query().filter())
        .isEqualTo(
            new EventFilter(
                List.of("a", "b"),
                List.of("order.", ""),
                "k",
                "\u0000",
                PayloadPattern.of("{\"a\":1}").orElseThrow()));
  }

  @ParameterizedTest
  @CsvSource({
    "0s, 2026-01-31T12:00:00.25Z",
    "30s, 2026-01-31T11:59:30.25Z",
    "10m, 2026-01-31T11:50:00.25Z",
    "2h, 2026-01-31T10:00:00.25Z",
    "7d, 2026-01-24T12:00:00.25Z",
    "0000000007d, 2026-01-24T12:00:00.25Z",
    "36525d, 1926-01-31T12:00:00.25Z",
    "3155760000s, 1926-01-31T12:00:00.25Z",
  })
  void a_span_is_back_from_now(String span, String time) {
    assertThat(valid(Map.of("since", List.of(span))).query().since()).isEqualTo(time);
    assertThat(valid(Map.of("until", List.of(span))).query().until()).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10",
        "m",
        "-10m",
        "+10m",
        "1.5h",
        "10M",
        "10 m",
        "1w",
        "1h30m",
        "PT1H",
        "36526d",
        "9999999999d",
        "99999999999s",
        "٣m"
      })
  void refuses_what_is_no_span(String span) {
    assertThat(faults(Map.of("since", List.of(span)))).containsExactly("since");
  }

  @Test
  void a_span_is_told_as_its_time_and_everything_else_as_it_came() {
    Map<String, List<String>> given =
        Map.of(
            "since", List.of("10m"),
            "until", List.of("2026-02-01T00:00:00+01:00"),
            "type", List.of("a.*", "b"),
            "q", List.of("10m"));

    Map<String, List<String>> same = valid(given).parameters();

    assertThat(same)
        .containsEntry("since", List.of("2026-01-31T11:50:00.250Z"))
        .containsEntry("until", List.of("2026-02-01T00:00:00+01:00"))
        .containsEntry("type", List.of("a.*", "b"))
        .containsEntry("q", List.of("10m"))
        .hasSize(4);
    assertThat(((Reading.Valid) EventQuery.read(same, "s", NOW.plusSeconds(99))).query())
        .isEqualTo(valid(given).query());
  }

  @Test
  void takes_keys_and_texts_of_1_to_255_characters() {
    String longest = "\uD83D\uDE80".repeat(255);

    for (String name : List.of("key", "q")) {
      assertThat(valid(Map.of(name, List.of(longest)))).isNotNull();
      assertThat(faults(Map.of(name, List.of(longest + "a")))).containsExactly(name);
      assertThat(faults(Map.of(name, List.of("")))).containsExactly(name);
    }
  }

  @Test
  void names_every_filter_that_is_wrong() {
    assertThat(
            faults(
                Map.of(
                    "type", List.of("a".repeat(255) + "*"),
                    "since", List.of("1x"),
                    "until", List.of("1y"),
                    "key", List.of("a", "b"),
                    "q", List.of(""),
                    "payload", List.of("[1]"))))
        .containsExactly("type", "since", "until", "key", "q", "payload");
  }

  private static Reading.Valid valid(Map<String, List<String>> parameters) {
    return (Reading.Valid) EventQuery.read(parameters, "s", NOW);
  }

  private static List<String> faults(Map<String, List<String>> parameters) {
    var faulty = (Reading.Faulty) EventQuery.read(parameters, "s", NOW);
    return faulty.faults().stream().map(ParameterFault::parameter).toList();
  }
}
