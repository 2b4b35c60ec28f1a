package io.messagerelay.consumer.http;

import static io.messagerelay.consumer.http.Api.event;
import static io.messagerelay.consumer.http.Api.header;
import static io.messagerelay.consumer.http.Api.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.messagerelay.consumer.app.RunningConsumer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code GET /stats} of the packaged service. */
class StatsIT {
  @TempDir private static Path folder;
  private static RunningConsumer consumer;
  private static Api api;

  @BeforeAll
  static void start() {
    consumer = RunningConsumer.start(folder, Map.of());
    api = new Api(consumer);
    api.postLines(String.join("\n", event("a", "p"), event("b", "p"), event("a", "p")));
    api.post("{\"event_type\":\"order & co\",\"event_payload\":\"\",\"event_id\":\"c\"}");
  }

  @AfterAll
  static void stop() {
    consumer.close();
  }

  @Test
  void stored_events_are_counted_by_hour_and_type() {
    JsonNode stats = json(api.get("/stats"));
    long created = 0;
    for (JsonNode count : stats.get("counts")) {
      assertThat(count.get("hour").asText()).matches("[0-9-]{10}T[0-9]{2}:00:00Z");
      assertThat(count.get("removed").asLong()).isZero();
      created +=
          count.get("type").asText().equals("order.created") ? count.get("stored").asLong() : 0;
    }

    assertThat(created).isEqualTo(2);
    assertThat(stats.get("since").asText()).isLessThan(stats.get("until").asText());
  }

  @Test
  void a_type_is_filtered_and_kept_in_the_link_to_the_rest() {
    HttpResponse<String> page =
        api.get("/stats?type=order+%26+co&since=2026-01-01T00:00:00Z&until=2126-01-01T00:00:00Z");

    String next = header(page, "Link");
    assertThat(next)
        .isEqualTo(
            "</stats?since=2026-02-01T00:00:00Z&until=2126-01-01T00:00:00Z&type=order+%26+co>;"
                + " rel=\"next\"");
    assertThat(json(api.get("/stats?type=order+%26+co")).get("counts"))
        .hasSize(1)
        .allMatch(count -> count.get("stored").asLong() == 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"since=yesterday", "until=", "type=", "limit=5"})
  void a_bad_parameter_is_400_and_named(String query) {
    HttpResponse<String> response = api.get("/stats?" + query);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response).get("detail").asText())
        .startsWith(query.substring(0, query.indexOf('=')) + ' ');
  }

  @Test
  void counting_needs_the_scope_to_read() {
    String writer = consumer.token("events:write");

    assertThat(
            consumer
                .send(consumer.request("/stats").header("Authorization", "Bearer " + writer))
                .statusCode())
        .isEqualTo(403);
  }
}
