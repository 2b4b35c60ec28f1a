package io.messagerelay.consumer.http;

import static io.messagerelay.consumer.http.Api.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.messagerelay.consumer.app.RunningConsumer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events that schemas of the packaged service look at. */
class SchemasIT {
  @TempDir private static Path folder;
  private static RunningConsumer consumer;
  private static Api api;

  @BeforeAll
  static void start() throws IOException {
    write("types/any.json", "{}");
    write("types/order.json", "{\"type\": \"object\", \"required\": [\"number\"]}");
    consumer = RunningConsumer.start(folder, Map.of("SCHEMA_DIR", "schemas"));
    api = new Api(consumer);
  }

  @AfterAll
  static void stop() {
    consumer.close();
  }

  private static void write(String file, String schema) throws IOException {
    Path path = folder.resolve("schemas").resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, schema);
  }

  private static String event(String id, String type, String payload) {
    return "{\"event_id\":\"%s\",\"event_type\":\"%s\",\"event_payload\":%s}"
        .formatted(id, type, payload);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ \"a\" :\t[1 ,  2],\"e\u0301\":\"\\u00e9é\"}",
        "1E400",
        "-0.00",
        "123456789012345678901234567890123456789.10",
        "null",
        "[\"\\ud83d\\ude00\",\"😀\"]",
        "{\"a/b~\":\"\\/\"}",
      })
  void a_payload_comes_back_sign_by_sign(String payload) {
    String id = "sign-" + Integer.toHexString(payload.hashCode());

    assertThat(api.post(event(id, "any", payload)).statusCode()).isEqualTo(201);

    assertThat(api.get("/event/" + id).body()).contains("\"payload\":" + payload + ",\"received");
    assertThat(api.get("/event?order=desc&limit=1").body())
        .contains("\"payload\":" + payload + ",\"received");
    assertThat(json(api.post(event(id, "any", payload))).get("duplicate").asBoolean()).isTrue();
  }

  @Test
  void a_payload_that_breaks_its_types_schema_is_400_with_its_pointer() {
    HttpResponse<String> response = api.post(event("o-1", "order", "{}"));

    assertThat(response.statusCode()).isEqualTo(400);
    JsonNode error = json(response).get("errors").get(0);
    assertThat(error.get("pointer").asText()).isEqualTo("/event_payload/number");
    assertThat(error.get("detail").asText()).isEqualTo("is missing");
    assertThat(api.get("/event/o-1").statusCode()).isEqualTo(404);
  }

  @Test
  void a_good_item_is_stored_beside_a_bad_one() {
    String good = event("good", "order", "{\"number\":1}");
    String bad = event("bad", "order", "7");

    assertThat(
            json(api.post("[" + good + "," + bad + "]")).get("results").findValuesAsText("status"))
        .containsExactly("stored", "rejected");
    assertThat(json(api.postLines(bad + "\n" + good)).get("results").findValuesAsText("status"))
        .containsExactly("rejected", "duplicate");
  }

  @Test
  void a_schema_that_comes_later_is_in_force_without_a_restart() throws IOException {
    assertThat(api.post(event("late-1", "late", "\"p\"")).statusCode()).isEqualTo(201);

    write("types/late.json", "{\"type\": \"number\"}");

    await()
        .untilAsserted(
            () ->
                assertThat(api.post(event("late-2", "late", "\"p\"")).statusCode()).isEqualTo(400));
    assertThat(api.post(event("late-3", "late", "3")).statusCode()).isEqualTo(201);
  }
}
