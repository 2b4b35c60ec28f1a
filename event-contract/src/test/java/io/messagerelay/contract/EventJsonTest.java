package io.messagerelay.contract;

import static io.messagerelay.contract.Readings.JSON;
import static io.messagerelay.contract.Readings.NEW_ID;
import static io.messagerelay.contract.Readings.bytes;
import static io.messagerelay.contract.Readings.faults;
import static io.messagerelay.contract.Readings.read;
import static io.messagerelay.contract.Readings.valid;
import static io.messagerelay.contract.Readings.with;
import static io.messagerelay.contract.Readings.withType;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventJsonTest {
  private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  private static final String BAD_TRACE =
      "/traceparent must be a W3C traceparent in lower case: 00, 32, 16 and 2 hexadecimal digits,"
          + " joined by dashes; no id all zero";

  @Test
  void an_event_with_every_member_is_read() {
    String json =
        """
        {"event_type": "order.created", "event_payload": "4711", "event_id": "e1",
         "event_key": "customer 7", "traceparent": "%s"}
        """
            .formatted(TRACE);

    assertThat(valid(json))
        .isEqualTo(new Event("e1", "order.created", Payload.ofString("4711"), "customer 7", TRACE));
  }

  @Test
  void an_event_without_an_id_gets_a_new_one() {
    assertThat(valid(withType("\"t\"")))
        .isEqualTo(new Event(NEW_ID, "t", Payload.ofString("p"), null, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\\u0000", "\\u0000\\u0001\\n\\u007f\\u0085", " p ", "{\\\"a\\\":1}"})
  void a_payload_is_any_string(String payload) {
    assertThat(faults("{\"event_type\":\"t\",\"event_payload\":\"" + payload + "\"}")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          null
          true
          false
          1
          -1.5e300
          []
          {}
          [{"a":[1]}]
          {"a":{"b":"c"}}
          """,
      delimiter = '|')
  void a_member_that_is_no_string_is_named_and_the_reading_goes_on(String value) {
    String json =
        """
        {"event_type":%1$s,"event_payload":%1$s,"event_id":%1$s,"event_key":%1$s,"traceparent":%1$s}
        """
            .formatted(value);

    assertThat(faults(json))
        .containsExactly(
            "/event_type must be a string",
            "/event_payload must be a string",
            "/event_id must be a string",
            "/event_key must be a string",
            "/traceparent must be a string");
  }

  @Test
  void missing_members_are_named_last() {
    assertThat(faults("{}"))
        .containsExactly(
            "/event_type is missing; it must be a string",
            "/event_payload is missing; it must be a string");
    assertThat(faults("{\"event_payload\":1}"))
        .containsExactly(
            "/event_payload must be a string", "/event_type is missing; it must be a string");
  }

  @Test
  void a_member_that_stands_twice_is_named_whatever_its_values_are() {
    assertThat(faults(with("\"event_type\":\"t\",\"event_id\":1,\"event_\\u0069d\":\"b\"")))
        .containsExactly(
            "/event_type must stand only once",
            "/event_id must be a string",
            "/event_id must stand only once");
  }

  @Test
  void faults_come_in_the_order_of_the_document() {
    assertThat(faults("{\"z\":1,\"event_key\":\" \",\"a\":[2],\"event_type\":\"\"}"))
        .containsExactly(
            "/z is not a member of an event",
            "/event_key must not begin or end with a blank",
            "/a is not a member of an event",
            "/event_type must be 1 to 255 characters long",
            "/event_payload is missing; it must be a string");
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          a/b      | /a~1b
          ~        | /~0
          ~1/      | /~01~1
          Event_id | /Event_id
          ''       | /
          \\"      | /"
          \\n\\u001b[31m | /\ufffd\ufffd[31m
          \\u202e  | /\ufffd
          \\ud83d\\ude00 | /😀
          ä€😀     | /ä€😀
          """,
      delimiter = '|')
  void an_unknown_member_is_named_by_a_pointer_that_can_be_shown(String name, String pointer) {
    assertThat(faults(with("\"" + name + "\":{\"deep\":[1]}")))
        .containsExactly(pointer + " is not a member of an event");
  }

  @Test
  void half_a_surrogate_pair_in_a_name_ends_the_reading() {
    assertThat(faults(with("\"\\ud800\":1,\"x\":1")))
        .containsExactly("must be JSON, but is not (line 1, column 45)");
  }

  @Test
  void a_long_name_is_cut() {
    assertThat(faults(with("\"" + "😀".repeat(32) + "\":1")))
        .containsExactly("/" + "😀".repeat(32) + " is not a member of an event");
    assertThat(faults(with("\"" + "😀".repeat(33) + "\":1")))
        .containsExactly("/" + "😀".repeat(32) + "… is not a member of an event");
  }

  @Test
  void no_more_faults_are_named_than_allowed_and_the_id_behind_them_is_read() {
    String unknown =
        IntStream.range(0, 100)
            .mapToObj(i -> "\"m" + i + "\":0")
            .collect(Collectors.joining(",", "{", ",\"event_id\":\"e1\"}"));

    assertThat(read(unknown))
        .isInstanceOfSatisfying(
            Reading.Faulty.class,
            faulty -> {
              assertThat(faulty.faults()).hasSize(EventJson.MOST_FAULTS);
              assertThat(faulty.faults().getLast().pointer()).isEqualTo("/m31");
              assertThat(faulty.eventId()).isEqualTo("e1");
            });
  }

  @ParameterizedTest
  @CsvSource({"event_type, 255", "event_key, 255", "event_id, 64"})
  void lengths_count_code_points(String member, int longest) {
    assertThat(faults(only(member, "😀".repeat(longest)))).isEmpty();
    assertThat(faults(only(member, "a".repeat(longest + 1))))
        .containsExactly("/" + member + " must be 1 to " + longest + " characters long");
    assertThat(faults(only(member, "")))
        .containsExactly("/" + member + " must be 1 to " + longest + " characters long");
  }

  @ParameterizedTest
  @ValueSource(strings = {"event_type", "event_key", "event_id"})
  void a_name_holds_no_control_character_and_no_blank_at_its_ends(String member) {
    for (int c = 0; c <= 0xa0; c++) {
      boolean control = c < 0x20 || (c >= 0x7f && c < 0xa0);
      assertThat(faults(only(member, "a\\u%04xb".formatted(c))))
          .as("U+%04X", c)
          .isEqualTo(faultIf(control, "/" + member + " must not hold a control character"));
    }
    for (String text : new String[] {" a", "a ", " ", "\\u0020a"}) {
      assertThat(faults(only(member, text)))
          .as(text)
          .containsExactly("/" + member + " must not begin or end with a blank");
    }
    assertThat(faults(only(member, "\\u00a0a b\\u3000"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"event_type", "event_key", "event_id", "event_payload"})
  void half_a_surrogate_pair_written_as_an_escape_is_a_fault(String member) {
    for (String text :
        new String[] {
          "\\ud83d", "\\ude00", "a\\ud83db", "\\ude00\\ud83d", "\\ud83d\\ud83d\\ude00"
        }) {
      assertThat(faults(only(member, text)))
          .as(text)
          .containsExactly("/" + member + " must not hold half of a surrogate pair");
    }
    assertThat(faults(only(member, "\\ud83d\\ude00"))).isEmpty();
  }

  @Test
  void every_broken_rule_of_one_value_is_named() {
    assertThat(faults(only("event_id", " \\u0000" + "\\ud800".repeat(65))))
        .containsExactly(
            "/event_id must be 1 to 64 characters long",
            "/event_id must not hold half of a surrogate pair",
            "/event_id must not hold a control character",
            "/event_id must not begin or end with a blank");
  }

  @ParameterizedTest
  @ValueSource(strings = {".", ".."})
  void an_id_that_a_path_would_lose_is_a_fault(String id) {
    assertThat(faults(only("event_id", id))).containsExactly("/event_id must not be . or ..");
    assertThat(faults(only("event_type", id))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-ff",
        "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "fe-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what-comes",
        "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-",
      })
  void a_traceparent_of_any_version_is_read(String traceparent) {
    assertThat(valid(only("traceparent", traceparent)).traceparent()).isEqualTo(traceparent);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00-4bf92f3577b34da6a3ce929d0e0e473g-00f067aa0ba902b7-01",
        "00_4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7_01",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "0-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01.more",
        "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-a b",
        " 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\\n",
      })
  void what_is_no_traceparent_is_a_fault(String traceparent) {
    assertThat(faults(only("traceparent", traceparent))).containsExactly(BAD_TRACE);
  }

  @Test
  void a_traceparent_of_a_later_version_has_an_end() {
    String later = "01" + TRACE.substring(2) + "-";

    assertThat(faults(only("traceparent", later + "x".repeat(199)))).isEmpty();
    assertThat(faults(only("traceparent", later + "x".repeat(200)))).containsExactly(BAD_TRACE);
  }

  @Test
  void every_fault_is_short_whatever_the_event_holds() {
    String json =
        with("\"" + "~".repeat(300) + "\":1,\"event_id\":\"" + " \\u0001".repeat(99) + "\"");

    assertThat(faults(json)).isNotEmpty().allMatch(fault -> fault.length() <= 200);
    assertThat(BAD_TRACE).hasSizeLessThanOrEqualTo(200);
  }

  @Test
  void no_fault_repeats_a_value() {
    String secret = "s3cret";
    String json =
        "{\"event_type\":\" s3cret\",\"event_payload\":[\"s3cret\"],\"x\":\"s3cret\",\"y\":s3cret}";

    assertThat(faults(json)).hasSize(4).noneMatch(fault -> fault.contains(secret));
  }

  @Test
  void an_idempotency_key_is_the_id_of_an_event_that_has_none() {
    assertThat(valid(JSON.read(bytes(withType("\"t\"")), "k1")).id()).isEqualTo("k1");
    assertThat(JSON.read(bytes(withType("1")), "k1"))
        .isInstanceOfSatisfying(
            Reading.Faulty.class, faulty -> assertThat(faulty.eventId()).isEqualTo("k1"));
  }

  @Test
  void an_idempotency_key_is_the_same_as_the_id() {
    assertThat(valid(JSON.read(bytes(only("event_id", "k1")), "k1")).id()).isEqualTo("k1");
    assertThat(JSON.read(bytes(only("event_id", "k1")), "k2"))
        .isInstanceOfSatisfying(
            Reading.Faulty.class, faulty -> assertThat(faulty.eventId()).isEqualTo("k1"));
    assertThat(faults(JSON.read(bytes(only("event_id", "k1")), "k2")))
        .containsExactly("/event_id must be the same as the Idempotency-Key");
  }

  @Test
  void an_idempotency_key_holds_to_the_rules_of_an_id() {
    assertThat(faults(JSON.read(bytes(withType("1")), "")))
        .containsExactly(
            "/event_id (as Idempotency-Key) must be 1 to 64 characters long",
            "/event_type must be a string");
    assertThat(faults(JSON.read(bytes(only("event_id", "..")), "..")))
        .containsExactly(
            "/event_id (as Idempotency-Key) must not be . or ..", "/event_id must not be . or ..");
  }

  @Test
  void an_id_that_is_wrong_does_not_name_its_event() {
    assertThat(read(only("event_id", " a")))
        .isInstanceOfSatisfying(
            Reading.Faulty.class, faulty -> assertThat(faulty.eventId()).isNull());
  }

  private static List<String> faultIf(boolean condition, String fault) {
    return condition ? List.of(fault) : List.of();
  }

  /** A right event but for this member. */
  private static String only(String member, String text) {
    String type = member.equals("event_type") ? text : "t";
    String payload = member.equals("event_payload") ? text : "p";
    String event = "{\"event_type\":\"" + type + "\",\"event_payload\":\"" + payload + "\"";
    boolean optional = !member.equals("event_type") && !member.equals("event_payload");
    return event + (optional ? ",\"" + member + "\":\"" + text + "\"}" : "}");
  }
}
