package io.messagerelay.consumer.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.consumer.query.EventQuery.Reading;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EventQueryTest {
  private static final String STORE = "0123456789abcdef0123456789abcdef";
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void asks_for_the_first_hundred_when_nothing_is_said() {
    assertThat(query(Map.of()))
        .isEqualTo(new EventQuery(100, true, EventFilter.ALL, null, null, null));
  }

  @Test
  void takes_every_parameter() {
    Cursor cursor = new Cursor(STORE, 7, false);

    assertThat(
            query(
                Map.of(
                    "limit", List.of("1000"),
                    "order", List.of("desc"),
                    "type", List.of("a", "b", "a"),
                    "since", List.of("2026-01-01T00:00:00Z"),
                    "until", List.of("2026-01-02T00:00:00+01:00"),
                    "cursor", List.of(cursor.text()))))
        .isEqualTo(
            new EventQuery(
                1_000,
                false,
                EventFilter.ofTypes("a", "b"),
                Instant.parse("2026-01-01T00:00:00Z"),
                Instant.parse("2026-01-01T23:00:00Z"),
                cursor));
  }

  @Test
  void names_every_fault_at_once() {
    assertThat(
            faults(
                Map.of(
                    "limt", List.of("5"),
                    "limit", List.of("0"),
                    "order", List.of("ASC"),
                    "type", List.of(""),
                    "since", List.of("yesterday"),
                    "until", List.of("2026-01-01"),
                    "cursor", List.of("x"))))
        .extracting(ParameterFault::parameter)
        .containsExactly("limt", "limit", "order", "type", "since", "until", "cursor");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "0", "-1", "1001", "9223372036854775808", "1.0", " 1", "+1", "٣", "a"})
  void refuses_a_limit_that_is_none(String limit) {
    assertThat(faults(Map.of("limit", List.of(limit))))
        .containsExactly(new ParameterFault("limit", "must be a whole number from 1 to 1000"));
  }

  @Test
  void refuses_a_parameter_given_twice_except_type() {
    for (String name : List.of("limit", "order", "since", "until", "cursor")) {
      assertThat(faults(Map.of(name, List.of("1", "1"))))
          .contains(new ParameterFault(name, "may be given once"));
    }
  }

  @Test
  void takes_up_to_twenty_types_of_up_to_255_characters() {
    String longest = "\uD83D\uDE80".repeat(255);
    List<String> twenty = IntStream.range(0, 20).mapToObj(i -> longest.substring(i * 2)).toList();

    assertThat(query(Map.of("type", twenty)).filter().types()).isEqualTo(twenty);
    assertThat(faults(Map.of("type", Collections.nCopies(21, "a")))).hasSize(1);
    assertThat(faults(Map.of("type", List.of(longest + "a")))).hasSize(1);
  }

  @Test
  void refuses_a_cursor_of_another_store() {
    String other = new Cursor("f".repeat(32), 7, true).text();

    assertThat(faults(Map.of("cursor", List.of(other))))
        .containsExactly(new ParameterFault("cursor", "is one of another store"));
  }

  @Test
  void refuses_a_cursor_of_the_other_direction() {
    String forwards = new Cursor(STORE, 7, true).text();

    assertThat(faults(Map.of("cursor", List.of(forwards), "order", List.of("desc"))))
        .containsExactly(new ParameterFault("cursor", "goes with order=asc"));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-01T12:00:00Z, 2026-01-01T12:00:00Z",
    "2026-01-01t12:00:00z, 2026-01-01T12:00:00Z",
    "2026-01-01T12:00:00.5Z, 2026-01-01T12:00:00.5Z",
    "2026-01-01T12:00:00-00:00, 2026-01-01T12:00:00Z",
    "2026-01-01T12:00:00+05:30, 2026-01-01T06:30:00Z",
    "2026-01-01T12:00:00.000000001Z, 2026-01-01T12:00:00.000000001Z",
    "2026-01-01T12:00:00.0000000001Z, 2026-01-01T12:00:00.000000001Z",
    "2026-01-01T12:00:00.9999999999Z, 2026-01-01T12:00:01Z",
    "2026-01-01T12:00:00.1234567890000Z, 2026-01-01T12:00:00.123456789Z",
    "2016-12-31T23:59:60Z, 2017-01-01T00:00:00Z",
    "2024-02-29T00:00:00Z, 2024-02-29T00:00:00Z",
  })
  void takes_times_of_rfc_3339(String text, String time) {
    assertThat(query(Map.of("since", List.of(text))).since()).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-01-01",
        "2026-01-01T12:00Z",
        "2026-01-01T12:00:00",
        "2026-01-01 12:00:00Z",
        "2026-01-01T12:00:00 01:00",
        "2026-01-01T12:00:00.Z",
        "2026-01-01T24:00:00Z",
        "2026-02-29T00:00:00Z",
        "2026-01-01T12:00:61Z",
        "2026-01-01T12:00:00+1:00",
        "+12026-01-01T12:00:00Z",
        "1767268800"
      })
  void refuses_what_is_no_time_of_rfc_3339(String text) {
    assertThat(faults(Map.of("until", List.of(text))))
        .extracting(ParameterFault::parameter)
        .containsExactly("until");
  }

  private static EventQuery query(Map<String, List<String>> parameters) {
    return ((Reading.Valid) EventQuery.read(parameters, STORE, NOW)).query();
  }

  private static List<ParameterFault> faults(Map<String, List<String>> parameters) {
    return ((Reading.Faulty) EventQuery.read(parameters, STORE, NOW)).faults();
  }
}
