package io.messagerelay.consumer.http;

import static io.messagerelay.consumer.http.Api.event;
import static io.messagerelay.consumer.http.Api.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.messagerelay.consumer.app.RunningConsumer;
import io.messagerelay.consumer.app.StoreLock;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The counters are right, and agree with each other, whatever has happened. */
class CountersIT {
  private static final int SENDERS = 12;
  private static final int LARGEST_BATCH = 800;
  private static final long SEED = 20_261_130;
  private static final Duration CHAOS = Duration.ofSeconds(30);
  private static final String BAD = "{\"event_type\":1,\"event_payload\":\"p\"}";

  @TempDir private Path folder;
  private final ToldBooks told = new ToldBooks();
  private RunningConsumer consumer;
  private Api api;

  @BeforeEach
  void start() {
    consumer =
        RunningConsumer.start(folder, Map.of("INTAKE_QUEUE_EVENTS", "1000", "LOG_EVENTS", "false"));
    api = new Api(consumer);
  }

  @AfterEach
  void stop() {
    consumer.close();
  }

  private double answered(String result) {
    return Metric.of(consumer, "message_relay_events_answered_total{result=\"" + result + "\"}");
  }

  private double deferred(String reason) {
    return Metric.of(consumer, "message_relay_events_deferred_total{reason=\"" + reason + "\"}");
  }

  private double received() {
    return Metric.of(consumer, "message_relay_events_received_total");
  }

  private double allAnswered() {
    return DoubleStream.of(
            answered("stored"), answered("duplicate"), answered("rejected"), answered("conflict"))
        .sum();
  }

  private double allDeferred() {
    return DoubleStream.of(
            deferred("overloaded"),
            deferred("store_unavailable"),
            deferred("commit_unknown"),
            deferred("draining"))
        .sum();
  }

  private double refusals() {
    return Metric.of(consumer, "message_relay_refusals_total{result=\"kept\"}")
        + Metric.of(consumer, "message_relay_refusals_total{result=\"lost\"}");
  }

  @Test
  void a_batch_that_is_put_off_is_put_off_with_its_bad_events() throws Exception {
    try (StoreLock _ = StoreLock.take(consumer.storeFile())) {
      String batch = '[' + event("a", "p") + ',' + BAD + ',' + event("b", "p") + ']';
      assertThat(api.post(batch).statusCode()).isEqualTo(503);
    }

    assertThat(received()).isEqualTo(3);
    assertThat(allDeferred()).isEqualTo(3);
    assertThat(allAnswered()).isZero();
  }

  @Test
  void what_is_no_event_counts_nowhere() {
    assertThat(api.post("7").statusCode()).isEqualTo(400);
    assertThat(api.post("[]").statusCode()).isEqualTo(400);
    assertThat(api.send(api.posting("/event", "text/plain", event("a", "p"))).statusCode())
        .isEqualTo(415);
    assertThat(
            consumer
                .send(consumer.request("/event").POST(BodyPublishers.ofString(event("a", "p"))))
                .statusCode())
        .isEqualTo(401);

    assertThat(received()).isZero();
    assertThat(allAnswered() + allDeferred()).isZero();
  }

  @Test
  void after_repeats_bad_events_a_full_queue_and_a_store_that_was_away_everything_adds_up()
      throws Exception {
    var over = new AtomicBoolean();
    try (ExecutorService threads = Executors.newFixedThreadPool(SENDERS)) {
      List<Future<Void>> senders = new ArrayList<>();
      for (int number = 0; number < SENDERS; number++) {
        senders.add(threads.submit(sending(number, over)));
      }
      try {
        makeTrouble();
      } finally {
        over.set(true);
      }
      for (Future<Void> sender : senders) {
        sender.get();
      }
    }
    assertAllAddsUp();
  }

  /** Until every kind of trouble has been met, and the service has got over it. */
  private void makeTrouble() throws Exception {
    await().atMost(CHAOS).until(() -> answered("stored") > 500);
    try (StoreLock _ = StoreLock.take(consumer.storeFile())) {
      await()
          .atMost(CHAOS)
          .until(() -> deferred("overloaded") > 0 && deferred("store_unavailable") > 0);
    }
    double before = answered("stored");
    await()
        .atMost(CHAOS)
        .until(
            () ->
                answered("stored") > before + 500
                    && told.duplicate.sum() > 0
                    && told.conflict.sum() > 0
                    && told.unreadable.sum() > 0);
  }

  private void assertAllAddsUp() {
    assertThat(answered("stored")).as("seed %d", SEED).isEqualTo(told.stored.doubleValue());
    assertThat(answered("duplicate")).isEqualTo(told.duplicate.doubleValue());
    assertThat(answered("rejected")).isEqualTo(told.rejected.doubleValue());
    assertThat(answered("conflict")).isEqualTo(told.conflict.doubleValue());
    assertThat(allDeferred())
        .isBetween(told.putOffRequests.doubleValue(), told.putOffEvents.doubleValue());
    assertThat(allAnswered() + allDeferred()).isEqualTo(received());

    await().until(() -> Metric.of(consumer, "message_relay_queue_events") == 0);
    assertThat(Metric.of(consumer, "message_relay_accept_to_commit_seconds_count"))
        .isEqualTo(told.committedRequests.doubleValue());
    long refused = told.rejected.sum() + told.conflict.sum() + told.unreadable.sum();
    await().untilAsserted(() -> assertThat(refusals()).isEqualTo((double) refused));
    assertThat(inTheStore())
        .isBetween(told.stored.sum(), told.stored.sum() + (long) deferred("commit_unknown"));
    assertThat(Metric.of(consumer, "message_relay_commit_seconds_count{result=\"committed\"}"))
        .isEqualTo(Metric.of(consumer, "message_relay_group_events_count"));
  }

  private long inTheStore() {
    long stored = 0;
    for (JsonNode count : json(api.get("/stats")).get("counts")) {
      stored += count.get("stored").asLong();
    }
    return stored;
  }

  private Callable<Void> sending(int number, AtomicBoolean over) {
    var random = new Random(SEED + number);
    return () -> {
      for (int count = 0; !over.get(); count++) {
        send("s" + number + '-', count, random);
      }
      return null;
    };
  }

  private void send(String prefix, int count, Random random) {
    String fresh = event(prefix + count, "p");
    switch (random.nextInt(12)) {
      case 0, 1, 2 -> post(1, 1, fresh);
      case 3 -> post(1, 1, event(prefix + random.nextInt(count + 1), "p"));
      case 4 -> post(1, 1, event(prefix + random.nextInt(count + 1), "other"));
      case 5 -> post(1, 0, BAD);
      case 6 -> post(0, 0, "7");
      case 7 ->
          told.tell(
              1,
              1,
              api.send(
                  random.nextBoolean()
                      ? api.posting("/event", "text/plain", fresh)
                      : consumer.request("/event").POST(BodyPublishers.ofString(fresh))));
      default -> postBatch(prefix + count + '-', 1 + random.nextInt(LARGEST_BATCH), random);
    }
  }

  private void post(int events, int good, String body) {
    told.tell(events, good, api.post(body));
  }

  private void postBatch(String prefix, int events, Random random) {
    List<String> items = new ArrayList<>();
    int good = 0;
    for (int i = 0; i < events; i++) {
      boolean bad = random.nextInt(10) == 0;
      good += bad ? 0 : 1;
      String payload = random.nextInt(10) == 0 ? "other" : "p";
      items.add(bad ? BAD : event(prefix + random.nextInt(events), payload));
    }
    HttpRequest.Builder request =
        api.posting("/event", "application/x-ndjson", String.join("\n", items));
    told.tell(events, good, api.send(request));
  }
}
