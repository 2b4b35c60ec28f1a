package io.messagerelay.consumer.app.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ListedJsonTest {
  private static final String PLAIN =
      """
      {"id":7,"event_id":"a-1","type":"order.paid","payload":"é \\u00e9 \\"q\\"","received_time":"2026-03-01T08:00:00.000001Z"}""";

  private static Listed one(String json) throws IOException {
    return ListedJson.one(json.getBytes(UTF_8));
  }

  @Test
  void an_event_keeps_its_source_and_its_payload_as_they_came() throws IOException {
    Listed event = one(PLAIN);

    assertThat(event.source()).isEqualTo(PLAIN);
    assertThat(event.id()).isEqualTo(7);
    assertThat(event.payload()).isEqualTo("\"é \\u00e9 \\\"q\\\"\"");
    assertThat(event.eventKey()).isNull();
    assertThat(event.isErased()).isFalse();
    assertThat(event.line())
        .isEqualTo("7  2026-03-01T08:00:00Z  order.paid  a-1  \"é \\u00e9 \\\"q\\\"\"");
    assertThat(event.asSent())
        .isEqualTo(
            "{\"event_id\":\"a-1\",\"event_type\":\"order.paid\",\"event_payload\":\"é \\u00e9 \\\"q\\\"\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1E400",
        "-0.00000000000000000000000000001",
        "[ 1,\t{\"a\" : [[]] } ]",
        "{\"a\":\"}\",\"event_id\":\"other\"}",
        "true",
        "null",
        "\"\\ud83d\\ude00 😀\""
      })
  void any_json_value_is_a_payload(String value) throws IOException {
    Listed event =
        one(
            "{\"id\":1,\"event_id\":\"x\",\"type\":\"t\",\"payload\":%s,\"event_key\":\"k\"}"
                .formatted(value));

    assertThat(event.payload()).isEqualTo(value);
    assertThat(event.eventId()).isEqualTo("x");
    assertThat(event.eventKey()).isEqualTo("k");
    assertThat(event.asSent()).contains("\"event_payload\":" + value + "}");
  }

  @Test
  void a_line_end_between_members_becomes_a_blank() throws IOException {
    Listed event = one("{\"id\":1,\"event_id\":\"x\",\"type\":\"t\",\"payload\":{\n\"a\":\r\n1}}");

    assertThat(event.payload()).isEqualTo("{ \"a\":  1}");
    assertThat(event.source()).doesNotContain("\n", "\r");
  }

  @Test
  void one_that_was_erased_says_so() throws IOException {
    Listed event =
        one("{\"id\":1,\"event_id\":\"x\",\"type\":\"t\",\"payload\":null,\"erased\":true}");

    assertThat(event.isErased()).isTrue();
    assertThat(event.line()).endsWith("  erased");
    assertThat(event.page()).contains("payload   erased");
  }

  @Test
  void a_list_has_them_in_order() throws IOException {
    String second = PLAIN.replace("\"id\":7", "\"id\":8");
    List<Listed> events = ListedJson.list(("[" + PLAIN + " , " + second + "]").getBytes(UTF_8));

    assertThat(events).extracting(Listed::source).containsExactly(PLAIN, second);
    assertThat(ListedJson.list("[]".getBytes(UTF_8))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>",
        "[]",
        "{}",
        "{\"id\":1,\"event_id\":\"x\",\"type\":\"t\"}",
        "{\"event_id\":\"x\",\"type\":\"t\",\"payload\":\"\"}",
        "{\"id\":1,\"event_id\":\"x\",\"type\":\"t\",\"payload\":{\"a\":"
      })
  void anything_else_is_no_event(String json) {
    assertThatThrownBy(() -> one(json)).isInstanceOf(IOException.class);
  }

  @Test
  void a_terminal_obeys_nothing_that_an_event_says() throws IOException {
    String hostile = PLAIN.replace("order.paid", "\\u001b[31m").replace("a-1", "\\u202e");

    assertThat(one(hostile).line()).contains("\\u001b[31m", "\\u202e").doesNotContain("\u001b");
    assertThat(one(hostile).page()).doesNotContain("\u001b", "\u202e");
  }
}
