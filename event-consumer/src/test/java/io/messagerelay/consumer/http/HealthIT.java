package io.messagerelay.consumer.http;

import static io.messagerelay.consumer.http.Api.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.messagerelay.consumer.app.RunningConsumer;
import io.messagerelay.consumer.app.StoreLock;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What those are told who watch over the service. */
class HealthIT {
  @TempDir private static Path folder;
  private static RunningConsumer consumer;

  @BeforeAll
  static void start() {
    consumer = RunningConsumer.start(folder, Map.of());
  }

  @AfterAll
  static void stop() {
    consumer.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/ready", "/health/ready", "/health/live", "/health/started"})
  void all_is_well(String path) {
    await().until(() -> consumer.get(path).statusCode() == 200);

    assertThat(consumer.get(path).body()).isEqualTo("ok");
    await().until(() -> Metric.of(consumer, "message_relay_ready") == 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/ready", "/health/ready"})
  void a_store_that_cannot_commit_is_no_reason_to_start_the_process_again(String path)
      throws Exception {
    try (StoreLock _ = StoreLock.take(consumer.storeFile())) {
      await().until(() -> consumer.get(path).statusCode() == 503);
      JsonNode problem = json(consumer.get(path));

      assertThat(problem.get("type").asText())
          .isEqualTo("urn:message-relay:problem:store-unavailable");
      assertThat(problem.get("detail").asText())
          .isEqualTo("it is away, slow, locked, full or not writable");
      await().until(() -> Metric.of(consumer, "message_relay_ready") == 0);
      assertThat(consumer.get("/health/live").statusCode()).isEqualTo(200);
      assertThat(consumer.get("/health/started").statusCode()).isEqualTo(200);
    }
    await().until(() -> consumer.get(path).statusCode() == 200);
  }

  @Test
  void it_says_what_it_is() {
    assertThat(consumer.get("/metrics").body())
        .containsPattern(
            "message_relay_build_info\\{java=\"25[^\"]*\",version=\"\\d+\\.\\d+\\.\\d+[^\"]*\"} 1\\.0");
  }
}
