package io.messagerelay.consumer.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM: what was accepted is finished, what is new is refused, and the process ends with 0. */
class StopIT {
  @TempDir private Path folder;

  private static HttpResponse<String> post(RunningConsumer consumer, String token, String id) {
    return consumer.send(
        consumer
            .request("/event")
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofString(
                    "{\"event_type\":\"t\",\"event_payload\":\"p\",\"event_id\":\"%s\"}"
                        .formatted(id))));
  }

  @Test
  void an_idle_service_stops_at_once_and_keeps_its_events() {
    try (var consumer = RunningConsumer.start(folder, Map.of())) {
      assertThat(post(consumer, consumer.token("events:write"), "kept").statusCode())
          .isEqualTo(201);
      long begin = System.nanoTime();

      assertThat(consumer.stop()).isZero();
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    }
    try (var consumer = RunningConsumer.start(folder, Map.of())) {
      assertThat(post(consumer, consumer.token("events:write"), "kept").statusCode())
          .isEqualTo(200);
    }
  }

  /** Whoever sends requests on by readiness does so before a connection could be refused. */
  @Test
  void not_ready_comes_first_and_is_told_while_the_port_is_open() throws Exception {
    try (var consumer = RunningConsumer.start(folder, Map.of())) {
      String token = consumer.token("events:write");
      try (StoreLock lock = StoreLock.take(consumer.storeFile())) {
        var accepted = CompletableFuture.supplyAsync(() -> post(consumer, token, "accepted"));
        await()
            .untilAsserted(
                () ->
                    assertThat(consumer.get("/metrics").body())
                        .contains("message_relay_queue_events 1.0"));
        consumer.askToStop();
        await().until(() -> consumer.get("/health/ready").statusCode() == 503);
        HttpResponse<String> ready = consumer.get("/health/ready");
        HttpResponse<String> live = consumer.get("/health/live");
        HttpResponse<String> started = consumer.get("/health/started");
        lock.release();

        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.body())
            .contains("urn:message-relay:problem:draining", "send to another consumer");
        assertThat(live.statusCode()).isEqualTo(200);
        assertThat(started.statusCode()).isEqualTo(200);
        assertThat(accepted.join().statusCode()).isIn(201, 503);
      }
      assertThat(consumer.stop()).isZero();
    }
  }

  /** The store is locked from outside, so the first event is under way while the process stops. */
  @Test
  void an_accepted_event_is_answered_and_a_new_one_is_told_to_go_elsewhere() throws Exception {
    try (var consumer = RunningConsumer.start(folder, Map.of())) {
      String token = consumer.token("events:write");
      post(consumer, token, "first");
      try (StoreLock lock = StoreLock.take(consumer.storeFile())) {
        var accepted = CompletableFuture.supplyAsync(() -> post(consumer, token, "accepted"));
        await()
            .untilAsserted(
                () ->
                    assertThat(consumer.get("/metrics").body())
                        .contains("message_relay_queue_events 1.0"));
        consumer.askToStop();
        await().until(() -> consumer.get("/ready").statusCode() == 503);
        HttpResponse<String> late = post(consumer, token, "late");
        lock.release();

        assertThat(late.statusCode()).isEqualTo(503);
        assertThat(late.body()).contains("urn:message-relay:problem:draining");
        assertThat(late.headers().firstValue("Retry-After")).isPresent();
        // A second after it came the intake puts an event off that it could not store.
        assertThat(accepted.join().statusCode()).isIn(201, 503);
      }
      assertThat(consumer.stop()).isZero();
    }
  }
}
