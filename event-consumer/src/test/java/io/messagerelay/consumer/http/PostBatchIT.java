package io.messagerelay.consumer.http;

import static io.messagerelay.consumer.http.Api.event;
import static io.messagerelay.consumer.http.Api.header;
import static io.messagerelay.consumer.http.Api.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.messagerelay.consumer.app.RunningConsumer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /event} with many at once, of the packaged service. */
class PostBatchIT {
  @TempDir private static Path folder;
  private static RunningConsumer consumer;
  private static Api api;

  @BeforeAll
  static void start() {
    consumer = RunningConsumer.start(folder, Map.of());
    api = new Api(consumer);
  }

  @AfterAll
  static void stop() {
    consumer.close();
  }

  private static List<String> statuses(HttpResponse<String> response) {
    return json(response).get("results").findValuesAsText("status");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/json|[{\"event_type\":\"t\",\"event_payload\":\"p\",\"event_id\":\"keyed\"}]",
        "application/x-ndjson|{\"event_type\":\"t\",\"event_payload\":\"p\",\"event_id\":\"keyed\"}",
      })
  void an_idempotency_key_does_not_go_with_a_batch(String type, String body) {
    HttpResponse<String> response =
        api.send(api.posting("/event", type, body).header("Idempotency-Key", "k"));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(api.get("/event/keyed").statusCode()).isEqualTo(404);
  }

  @Test
  void each_item_of_a_batch_has_its_result_in_order() {
    api.post(event("batch-0", "a"));

    HttpResponse<String> response =
        api.post(
            "[%s,%s,{\"event_id\":\"batch-2\",\"event_type\":1,\"event_payload\":\"\"},%s,7,%s]"
                .formatted(
                    event("batch-0", "a"),
                    event("batch-1", "b"),
                    event("batch-0", "other"),
                    event("batch-1", "b")));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(statuses(response))
        .containsExactly("duplicate", "stored", "rejected", "rejected", "rejected", "duplicate");
    JsonNode results = json(response).get("results");
    assertThat(results.get(1).get("event_id").asText()).isEqualTo("batch-1");
    assertThat(results.get(1).get("id").isIntegralNumber()).isTrue();
    assertThat(results.get(2).get("event_id").asText()).isEqualTo("batch-2");
    assertThat(results.get(2).get("errors").get(0).get("pointer").asText())
        .isEqualTo("/event_type");
    assertThat(results.get(3).get("errors").get(0).get("pointer").asText()).isEqualTo("/event_id");
    assertThat(results.get(4).has("event_id")).isFalse();
    assertThat(results.get(5).get("id")).isEqualTo(results.get(1).get("id"));
    assertThat(api.get("/event/batch-1").statusCode()).isEqualTo(200);
  }

  @Test
  void a_batch_without_a_good_item_is_400_with_the_reason_of_each() {
    api.post(event("conflicting", "a"));

    HttpResponse<String> response =
        api.post("[1,{\"event_id\":\"x\"}," + event("conflicting", "b") + "]");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(header(response, "Content-Type")).isEqualTo("application/problem+json");
    assertThat(statuses(response)).containsExactly("rejected", "rejected", "rejected");
  }

  @Test
  void a_rejected_item_carries_few_and_short_errors() {
    String unknown =
        IntStream.range(0, 20)
            .mapToObj(i -> "\"%s%d\":0".formatted("x".repeat(300), i))
            .collect(Collectors.joining(","));

    HttpResponse<String> response = api.post("[{" + unknown + "}," + event("fine", "p") + "]");

    JsonNode errors = json(response).get("results").get(0).get("errors");
    assertThat(errors).hasSize(8);
    assertThat(errors).allSatisfy(e -> assertThat(e.get("pointer").asText()).hasSizeLessThan(201));
    assertThat(errors).allSatisfy(e -> assertThat(e.get("detail").asText()).hasSizeLessThan(201));
  }

  @Test
  void ndjson_is_a_batch_with_an_item_a_line_and_blank_lines_skipped() {
    HttpResponse<String> response =
        api.postLines("\n" + event("line-1", "a") + "\r\n \t\n{\n" + event("line-2", "b"));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(statuses(response)).containsExactly("stored", "rejected", "stored");
  }

  @Test
  void an_overlong_line_is_rejected_beside_its_neighbours() {
    HttpResponse<String> response =
        api.postLines(
            event("before", "a")
                + "\n"
                + event("long", "x".repeat(256 * 1024))
                + "\n"
                + event("after", "b"));

    assertThat(statuses(response)).containsExactly("stored", "rejected", "stored");
    assertThat(json(response).get("results").get(1).get("errors").get(0).get("detail").asText())
        .contains("262144");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "  "})
  void ndjson_without_a_line_is_an_empty_batch(String body) {
    assertThat(api.postLines(body).statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({"1000, 200", "1001, 413"})
  void a_batch_has_1000_items_at_most(int items, int status) {
    List<String> events =
        IntStream.range(0, items).mapToObj(i -> event("many-" + items + "-" + i, "p")).toList();

    assertThat(api.post("[" + String.join(",", events) + "]").statusCode()).isEqualTo(status);
    assertThat(api.postLines(String.join("\n", events)).statusCode()).isEqualTo(status);
  }
}
