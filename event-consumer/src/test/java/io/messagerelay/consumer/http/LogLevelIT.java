package io.messagerelay.consumer.http;

import static io.messagerelay.consumer.http.Api.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.messagerelay.consumer.app.RunningConsumer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code /log-level} of the packaged service. */
class LogLevelIT {
  private static final String EDGE = "io.messagerelay.consumer.http";

  @TempDir private static Path folder;
  private static RunningConsumer consumer;
  private static String admin;

  @BeforeAll
  static void start() {
    consumer =
        RunningConsumer.start(
            folder, Map.of("SERVICE_SCOPES", "events:read events:write events:admin"));
    admin = consumer.token("events:admin");
  }

  @AfterAll
  static void stop() {
    consumer.close();
  }

  private static HttpResponse<String> put(String body) {
    return consumer.send(
        consumer
            .request("/log-level")
            .header("Authorization", "Bearer " + admin)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(body)));
  }

  private static JsonNode changed() {
    return json(
        consumer.send(consumer.request("/log-level").header("Authorization", "Bearer " + admin)));
  }

  private static void ask(String id) {
    consumer.send(consumer.request("/nowhere").header("X-Request-Id", id));
  }

  @Test
  void a_level_is_changed_for_a_while_and_goes_back_by_itself() {
    ask("before");
    HttpResponse<String> answer =
        put("{\"category\":\"%s\",\"level\":\"DEBUG\",\"for\":\"2s\"}".formatted(EDGE));

    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode change = json(answer).get(0);
    assertThat(change.get("category").asText()).isEqualTo(EDGE);
    assertThat(change.get("level").asText()).isEqualTo("DEBUG");
    assertThat(Instant.parse(change.get("until").asText())).isBefore(Instant.now().plusSeconds(3));
    ask("meanwhile");
    await()
        .untilAsserted(
            () ->
                assertThat(consumer.log())
                    .containsPattern(
                        "DEBUG .* GET elsewhere answered 404 \\(request meanwhile\\)"));

    await().atMost(Duration.ofSeconds(10)).until(() -> changed().isEmpty());
    ask("after");
    assertThat(consumer.log())
        .contains("relay set the log level of " + EDGE + " to DEBUG for 2 s")
        .contains("the log level of " + EDGE + " is what it was before")
        .doesNotContain("(request before)", "(request after)");
  }

  @Test
  void a_change_to_fewer_lines_and_its_end_are_in_the_log() {
    put("{\"category\":\"io.messagerelay\",\"level\":\"ERROR\",\"for\":\"1s\"}");

    await()
        .untilAsserted(
            () ->
                assertThat(consumer.log())
                    .contains("relay set the log level of io.messagerelay to ERROR for 1 s")
                    .contains("the log level of io.messagerelay is what it was before"));
  }

  @Test
  void a_category_that_is_not_ours_is_refused_and_nothing_changes() {
    HttpResponse<String> answer = put("{\"category\":\"io.netty\",\"level\":\"TRACE\"}");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).at("/errors/0/pointer").asText()).isEqualTo("/category");
    assertThat(changed()).noneMatch(change -> change.get("category").asText().equals("io.netty"));
  }

  @Test
  void who_may_read_and_write_events_may_not_see_or_change_it() {
    String other = consumer.token("events:read events:write");

    assertThat(
            consumer
                .send(consumer.request("/log-level").header("Authorization", "Bearer " + other))
                .statusCode())
        .isEqualTo(403);
    assertThat(
            consumer
                .send(
                    consumer
                        .request("/log-level")
                        .header("Authorization", "Bearer " + other)
                        .PUT(BodyPublishers.ofString("{}")))
                .statusCode())
        .isEqualTo(403);
  }
}
