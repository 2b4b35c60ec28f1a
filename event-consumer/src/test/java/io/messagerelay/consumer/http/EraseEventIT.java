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

/** {@code DELETE /event/{event_id}} of the packaged service. */
class EraseEventIT {
  @TempDir private static Path folder;
  private static RunningConsumer consumer;
  private static Api api;
  private static String admin;

  @BeforeAll
  static void start() {
    consumer =
        RunningConsumer.start(
            folder, Map.of("SERVICE_SCOPES", "events:read events:write events:admin"));
    api = new Api(consumer);
    admin = consumer.token("events:admin");
  }

  @AfterAll
  static void stop() {
    consumer.close();
  }

  private static HttpResponse<String> delete(String path, String token) {
    return consumer.send(
        consumer.request(path).header("Authorization", "Bearer " + token).DELETE());
  }

  @Test
  void an_erased_event_is_shown_as_such_and_its_id_stays_taken() {
    api.post(
        "{\"event_type\":\"t\",\"event_payload\":\"personal\",\"event_id\":\"a/1\",\"event_key\":\"anna\"}");

    HttpResponse<String> erased = delete("/event/a%2F1", admin);

    assertThat(erased.statusCode()).isEqualTo(204);
    assertThat(erased.body()).isEmpty();
    JsonNode left = json(api.get("/event/a%2F1"));
    assertThat(left.get("payload").isNull()).isTrue();
    assertThat(left.get("erased").asBoolean()).isTrue();
    assertThat(left.get("erased_time").asText()).matches("[0-9-]{10}T[0-9:]{8}\\.[0-9]{6}Z");
    assertThat(left.has("event_key")).isFalse();
    assertThat(api.get("/event").body()).doesNotContain("personal", "anna");

    String again = "{\"event_type\":\"t\",\"event_payload\":\"%s\",\"event_id\":\"a/1\"}";
    assertThat(api.post(again.formatted("personal")).statusCode()).isEqualTo(200);
    assertThat(api.post(again.formatted("other")).statusCode()).isEqualTo(422);
    assertThat(delete("/event/a%2F1", admin).statusCode()).isEqualTo(204);
    assertThat(consumer.log()).contains("relay erased the event a/1");
  }

  @Test
  void an_unknown_id_is_404() {
    assertThat(delete("/event/none", admin).statusCode()).isEqualTo(404);
  }

  @Test
  void no_other_scope_erases() {
    api.post(event("kept", "p"));

    assertThat(delete("/event/kept", api.token()).statusCode()).isEqualTo(403);
    HttpResponse<String> unnamed =
        consumer.postForm("/token", "username=relay&password=secret&grant_type=password");
    assertThat(json(unnamed).get("scope").asText()).isEqualTo("events:read events:write");
    assertThat(consumer.send(consumer.request("/event/kept").DELETE()).statusCode()).isEqualTo(401);
    assertThat(json(api.get("/event/kept")).get("payload").asText()).isEqualTo("p");
  }

  @Test
  void the_list_itself_cannot_be_erased() {
    HttpResponse<String> refused = delete("/event", admin);

    assertThat(refused.statusCode()).isEqualTo(405);
    assertThat(header(refused, "Allow")).doesNotContain("DELETE");
    assertThat(header(delete("/event//", admin), "Allow")).isEmpty();
  }
}
