package io.messagerelay.consumer.http;

import static io.messagerelay.consumer.http.Api.event;
import static io.messagerelay.consumer.http.Api.header;
import static io.messagerelay.consumer.http.Api.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.messagerelay.consumer.app.RunningConsumer;
import io.messagerelay.consumer.app.StoreLock;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code GET /overview} of the packaged service. */
class OverviewIT {
  private static final Duration SOME_SAMPLES = Duration.ofSeconds(30);
  private static final String REPORT = "17;age=3.25;dead=2;name=\"%s\"";

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

  private static JsonNode overview() {
    return json(api.get("/overview"));
  }

  /** What a propagator of this name said; a missing node where nothing was heard. */
  private static JsonNode propagator(String name) {
    for (JsonNode each : overview().get("propagators")) {
      if (each.get("name").asText().equals(name)) {
        return each;
      }
    }
    return json("{}").path("none");
  }

  private static HttpResponse<String> postWith(String report, String token, String id) {
    return consumer.send(
        consumer
            .request("/event")
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .header("Relay-Report", report)
            .POST(BodyPublishers.ofString(event(id, "p"))));
  }

  @Test
  void it_tells_what_the_process_is_and_whether_it_is_ready() {
    HttpResponse<String> answer = api.get("/overview");
    JsonNode overview = json(answer);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
    assertThat(overview.fieldNames())
        .toIterable()
        .containsExactly(
            "time",
            "version",
            "store",
            "ready",
            "obstacle",
            "queue",
            "per_second",
            "commit_seconds",
            "samples",
            "propagators");
    assertThat(Instant.parse(overview.get("time").asText()))
        .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
    assertThat(overview.get("version").asText()).matches("\\d+\\.\\d+\\.\\d+.*");
    assertThat(overview.get("store").asText()).isEqualTo("var/store.db");
    assertThat(overview.get("queue").get("events").asInt()).isZero();
    assertThat(overview.get("queue").get("bytes").asLong()).isZero();
    await().until(() -> overview().get("ready").asBoolean());
    assertThat(overview().get("obstacle").isNull()).isTrue();
  }

  @Test
  void it_tells_how_fast_events_are_stored_and_refused_now_and_in_samples() {
    api.postLines(String.join("\n", event("o-1", "p"), event("o-2", "p"), "{}"));
    JsonNode now = overview();

    assertThat(now.get("per_second").get("stored").asDouble()).isPositive();
    assertThat(now.get("per_second").get("refused").asDouble()).isPositive();
    assertThat(now.get("commit_seconds").get("p50").asDouble()).isPositive();
    assertThat(now.get("commit_seconds").get("p99").asDouble())
        .isGreaterThanOrEqualTo(now.get("commit_seconds").get("p50").asDouble());
    await()
        .atMost(SOME_SAMPLES)
        .untilAsserted(
            () -> {
              JsonNode samples = overview().get("samples");
              assertThat(samples).anyMatch(s -> s.get("stored").asLong() >= 2);
              assertThat(samples).anyMatch(s -> s.get("refused").asLong() >= 1);
              assertThat(samples).anyMatch(s -> s.get("commit_p50").asDouble() > 0);
            });
    await()
        .atMost(SOME_SAMPLES)
        .untilAsserted(
            () ->
                assertThat(overview().get("samples"))
                    .anyMatch(s -> s.get("commit_p50").isNull() && s.get("stored").asLong() == 0));
    JsonNode sample = overview().get("samples").get(0);
    assertThat(sample.fieldNames())
        .toIterable()
        .containsExactly("time", "stored", "refused", "commit_p50", "commit_p99", "queue");
  }

  @Test
  void a_store_that_cannot_commit_is_told_in_words() throws Exception {
    try (StoreLock _ = StoreLock.take(consumer.storeFile())) {
      await().until(() -> !overview().get("ready").asBoolean());
      assertThat(overview().get("obstacle").asText()).startsWith("The store cannot commit: ");
    }
    await().until(() -> overview().get("ready").asBoolean());
  }

  @Test
  void it_tells_what_propagators_said_with_their_events() {
    String name = "host/main";
    assertThat(postWith(REPORT.formatted(name), api.token(), "o-3").statusCode()).isEqualTo(201);

    JsonNode said = propagator(name);
    assertThat(said.get("pending").asLong()).isEqualTo(17);
    assertThat(said.get("age_seconds").asDouble()).isEqualTo(3.25);
    assertThat(said.get("dead").asLong()).isEqualTo(2);
    assertThat(Instant.parse(said.get("seen").asText())).isAfter(Instant.now().minusSeconds(60));

    postWith("0;dead=2;name=\"" + name + '"', api.token(), "o-3");
    assertThat(propagator(name).get("pending").asLong()).isZero();
    assertThat(propagator(name).get("age_seconds").isNull()).isTrue();
  }

  @Test
  void what_they_said_is_in_the_metrics_too() {
    postWith(REPORT.formatted("host/metered"), api.token(), "o-4");

    await()
        .untilAsserted(
            () ->
                assertThat(consumer.get("/metrics").body())
                    .contains(
                        "message_relay_propagator_pending_events{propagator=\"host/metered\"} 17.0",
                        "message_relay_propagator_pending_age_seconds{propagator=\"host/metered\"}"
                            + " 3.25"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "17;age=3;dead=2", "17;dead=2;name=\"bad\";age=\"old\"", "=;,"})
  void a_report_that_is_none_is_passed_over_and_the_event_is_stored(String report) {
    HttpResponse<String> answer = postWith(report, api.token(), "none-" + report.length());

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(propagator("bad").isMissingNode()).isTrue();
  }

  @Test
  void nobody_is_heard_who_may_not_send() {
    assertThat(postWith(REPORT.formatted("stranger"), "no.token", "o-5").statusCode())
        .isEqualTo(401);
    assertThat(
            postWith(REPORT.formatted("reader"), consumer.token("events:read"), "o-5").statusCode())
        .isEqualTo(403);

    assertThat(propagator("stranger").isMissingNode()).isTrue();
    assertThat(propagator("reader").isMissingNode()).isTrue();
  }

  @Test
  void a_token_that_may_read_is_needed() {
    assertThat(consumer.get("/overview").statusCode()).isEqualTo(401);
    HttpResponse<String> refused =
        consumer.send(
            consumer
                .request("/overview")
                .header("Authorization", "Bearer " + consumer.token("events:write")));
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(header(refused, "WWW-Authenticate")).contains("scope=\"events:read\"");
  }
}
