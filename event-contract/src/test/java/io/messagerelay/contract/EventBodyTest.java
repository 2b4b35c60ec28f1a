package io.messagerelay.contract;

import static io.messagerelay.contract.Readings.JSON;
import static io.messagerelay.contract.Readings.NEW_ID;
import static io.messagerelay.contract.Readings.bytes;
import static io.messagerelay.contract.Readings.valid;
import static io.messagerelay.contract.Readings.with;
import static io.messagerelay.contract.Readings.withType;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventBodyTest {
  private static final String EVENT = withType("\"t\"");

  @ParameterizedTest
  @ValueSource(strings = {"", " \n\t\r"})
  void an_object_is_one_event(String blanks) {
    assertThat(JSON.readBody(bytes(blanks + EVENT + blanks), null))
        .isInstanceOfSatisfying(
            BodyReading.Single.class,
            single -> assertThat(valid(single.reading()).id()).isEqualTo(NEW_ID));
  }

  @Test
  void the_idempotency_key_is_for_one_event_not_for_a_batch() {
    assertThat(JSON.readBody(bytes(EVENT), "k1"))
        .isInstanceOfSatisfying(
            BodyReading.Single.class,
            single -> assertThat(valid(single.reading()).id()).isEqualTo("k1"));
    assertThat(valid(items("[" + with("\"event_id\":\"e1\"") + "]", "k1").getFirst()).id())
        .isEqualTo("e1");
    assertThat(valid(items("[" + EVENT + "]", "k1").getFirst()).id()).isEqualTo(NEW_ID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", " [ ] ", "\n[\n]\n"})
  void an_empty_array_is_a_batch_of_none(String body) {
    assertThat(items(body, null)).isEmpty();
  }

  @Test
  void each_item_has_its_own_reading_in_order_with_pointers_into_the_item() {
    List<Reading> items =
        items("[" + with("\"event_id\":\"e1\"") + ", 1 ,{\"event_id\":\"e3\",\"x\":0}]", null);

    assertThat(items)
        .containsExactly(
            new Reading.Valid(new Event("e1", "t", Payload.ofString("p"), null, null)),
            new Reading.Faulty(
                null, List.of(new Fault("", "must be a JSON object")), new Glimpse(null, "1")),
            new Reading.Faulty(
                "e3",
                List.of(
                    new Fault("/x", "is not a member of an event"),
                    new Fault("/event_type", "is missing; it must be a string"),
                    new Fault("/event_payload", "is missing; it must be a string")),
                new Glimpse(null, "{\"event_id\":\"e3\",\"x\":0}")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "1", "\"a\"", "[]", "[{}]", "true", "-1.5e9"})
  void an_item_that_is_no_object_is_faulty_and_its_neighbours_are_not(String item) {
    assertThat(items("[" + EVENT + "," + item + "," + EVENT + "]", null))
        .satisfiesExactly(
            first -> assertThat(first).isInstanceOf(Reading.Valid.class),
            second ->
                assertThat(second)
                    .isEqualTo(
                        new Reading.Faulty(
                            null,
                            List.of(new Fault("", "must be a JSON object")),
                            new Glimpse(null, item))),
            third -> assertThat(third).isInstanceOf(Reading.Valid.class));
  }

  @Test
  void an_items_size_is_its_own_bytes() {
    String begin = "{\"event_type\":\"t\",\"event_id\":\"e1\",\"event_payload\":\"";
    int room = EventLimits.EVENT_BYTES - begin.length() - 2;
    String fits = begin + "ä" + "p".repeat(room - 2) + "\"}";
    String tooLarge = begin + "ä" + "p".repeat(room - 1) + "\"}";

    assertThat(items("[ " + tooLarge + " , " + fits + " , " + EVENT + "]", null))
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .isEqualTo(new Reading.TooLarge("e1", EventLimits.EVENT_BYTES + 1)),
            second -> assertThat(second).isInstanceOf(Reading.Valid.class),
            third -> assertThat(third).isInstanceOf(Reading.Valid.class));
  }

  @Test
  void an_item_may_be_nested_as_deep_as_one_event() {
    String deepest = with("\"z\":" + "[".repeat(63) + "]".repeat(63));
    String tooDeep = with("\"z\":" + "[".repeat(64) + "]".repeat(64));

    assertThat(items("[" + deepest + "," + EVENT + "]", null)).hasSize(2);
    assertThat(JSON.readBody(bytes("[" + tooDeep + "]"), null))
        .isInstanceOfSatisfying(
            BodyReading.Malformed.class,
            malformed ->
                assertThat(malformed.fault().text())
                    .isEqualTo("must not be nested deeper than 64 (line 1, column 107)"));
  }

  @Test
  void a_batch_may_have_as_many_items_as_the_limit() {
    String body = "[" + String.join(",", Collections.nCopies(1_000, "{}"));

    assertThat(items(body + "]", null)).hasSize(1_000);
    assertThat(JSON.readBody(bytes(body + ",{}]"), null)).isEqualTo(new BodyReading.TooMany());
  }

  @Test
  void the_reading_stops_behind_the_first_item_that_is_too_many() {
    String body = "[" + "1,".repeat(1_001) + "this is not read";

    assertThat(JSON.readBody(bytes(body), null)).isEqualTo(new BodyReading.TooMany());
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          [        | must be JSON, but ends too early (line 1, column 1)
          [{}      | must be JSON, but ends too early (line 1, column 3)
          [{},]    | must be JSON, but is not (line 1, column 5)
          [{} {}]  | must be JSON, but is not (line 1, column 5)
          [{}}     | must be JSON, but is not (line 1, column 4)
          [{},x]   | must be JSON, but is not (line 1, column 6)
          [{\"a]   | must be JSON, but ends too early (line 1, column 5)
          [{}] []  | must end after the first JSON value (line 1, column 6)
          [{}]]    | must be JSON, but is not (line 1, column 5)
          ''       | must be JSON, but there is nothing
          '  '     | must be JSON, but there is nothing
          x        | must be JSON, but is not (line 1, column 1)
          1        | must be a JSON object, or a JSON array of such objects
          null     | must be a JSON object, or a JSON array of such objects
          \"{}\"   | must be a JSON object, or a JSON array of such objects
          1 1      | must end after the first JSON value (line 1, column 3)
          \ufeff[] | must be UTF-8 without a byte order mark (line 1, column 1)
          """,
      delimiter = '|')
  void a_body_that_is_no_json_of_events_is_malformed_as_a_whole(String body, String fault) {
    assertThat(JSON.readBody(bytes(body), null))
        .isEqualTo(new BodyReading.Malformed(new Fault("", fault), new Glimpse(null, body)));
  }

  @Test
  void a_batch_that_is_not_utf8_is_malformed_as_a_whole() {
    byte[] body = bytes("[" + EVENT + ",{\"x\":\"?\"}]");
    body[body.length - 4] = (byte) 0xff;

    assertThat(JSON.readBody(body, null)).isInstanceOf(BodyReading.Malformed.class);
  }

  @Test
  void one_event_that_is_cut_off_is_faulty_like_any_other() {
    assertThat(JSON.readBody(bytes("{\"event_id\":\"e1\""), null))
        .isEqualTo(
            new BodyReading.Single(
                new Reading.Faulty(
                    "e1",
                    List.of(new Fault("", "must be JSON, but ends too early (line 1, column 16)")),
                    new Glimpse(null, "{\"event_id\":\"e1\""))));
  }

  private static List<Reading> items(String body, @Nullable String idempotencyKey) {
    return switch (JSON.readBody(bytes(body), idempotencyKey)) {
      case BodyReading.Batch batch -> batch.readings();
      case BodyReading other -> throw new AssertionError("expected a batch: " + other);
    };
  }
}
