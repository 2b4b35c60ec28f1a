package io.messagerelay.consumer.http;

import static io.messagerelay.consumer.http.Api.event;
import static io.messagerelay.consumer.http.Api.header;
import static io.messagerelay.consumer.http.Api.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.messagerelay.consumer.app.RunningConsumer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code GET /refusal} of the packaged service. */
class RefusalsIT {
  @TempDir private Path folder;
  private RunningConsumer consumer;
  private Api api;

  @BeforeEach
  void start() {
    consumer = RunningConsumer.start(folder, Map.of());
    api = new Api(consumer);
  }

  @AfterEach
  void stop() {
    consumer.close();
  }

  private JsonNode refusals(int count) {
    await().until(() -> json(api.get("/refusal")).size() >= count);
    return json(api.get("/refusal"));
  }

  @Test
  void whatever_was_refused_is_shown_newest_first_with_reason_and_beginning() {
    api.post(event("e1", "p"));
    String bad = "{\"event_id\":\"e2\",\"event_type\":\"t\",\"event_payload\":7}";
    api.post("[" + event("e1", "other") + "," + bad + "]");
    refusals(2);
    api.post("[{\"event_id\":");

    JsonNode refusals = refusals(3);
    JsonNode malformed = refusals.get(0);
    assertThat(malformed.has("event_id")).isFalse();
    assertThat(malformed.get("beginning").asText()).isEqualTo("[{\"event_id\":");
    assertThat(malformed.get("reasons").get(0).asText()).startsWith("must be JSON");
    JsonNode faulty = refusals.get(1);
    assertThat(faulty.get("event_id").asText()).isEqualTo("e2");
    assertThat(faulty.get("type").asText()).isEqualTo("t");
    assertThat(faulty.get("account").asText()).isEqualTo("relay");
    assertThat(faulty.get("beginning").asText()).isEqualTo(bad);
    assertThat(faulty.get("reasons").get(0).asText()).isEqualTo("/event_payload must be a string");
    JsonNode conflict = refusals.get(2);
    assertThat(conflict.get("event_id").asText()).isEqualTo("e1");
    assertThat(conflict.get("beginning").asText()).isEqualTo("other");
  }

  @Test
  void pages_lead_from_the_newest_to_the_oldest() {
    api.postLines("1\n2\n3\n4\n5");
    refusals(5);

    HttpResponse<String> page = api.get("/refusal?limit=2");
    StringBuilder seen = new StringBuilder();
    while (!header(page, "Link").isEmpty()) {
      json(page).forEach(refusal -> seen.append(refusal.get("beginning").asText()));
      page = api.get(header(page, "Link").replaceFirst("<([^>]*)>.*", "$1"));
    }
    json(page).forEach(refusal -> seen.append(refusal.get("beginning").asText()));

    assertThat(seen).hasToString("54321");
  }

  @Test
  void nothing_of_a_token_is_kept() {
    api.post("{}");

    assertThat(refusals(1).toString()).doesNotContain(api.token()).doesNotContain("Bearer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"limit=0", "limit=1001", "limit=x", "cursor=x", "type=t", "limit=1&limit=2"})
  void a_bad_parameter_is_400(String query) {
    assertThat(api.get("/refusal?" + query).statusCode()).isEqualTo(400);
  }
}
