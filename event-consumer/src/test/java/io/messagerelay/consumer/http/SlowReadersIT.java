package io.messagerelay.consumer.http;

import static io.messagerelay.consumer.http.Api.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.messagerelay.consumer.app.RunningConsumer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers of the live stream that do not read. */
class SlowReadersIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private static Path folder;
  private static RunningConsumer consumer;
  private static Api api;

  @BeforeAll
  static void start() {
    consumer = RunningConsumer.start(folder, Map.of("STREAM_TIMEOUT", "50"));
    api = new Api(consumer);
  }

  @AfterAll
  static void stop() {
    consumer.close();
  }

  @Test
  void memory_does_not_grow_with_readers_that_do_not_read() throws Exception {
    String large = "x".repeat(200_000);
    for (int i = 0; i < 60; i++) {
      api.post(event("large-" + i, large));
    }
    List<SseClient> readers = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      readers.add(new SseClient(consumer, api.token(), "?from=start"));
    }
    await().atMost(PATIENCE).until(() -> waitingBytes() > 30 * 64 * 1024);
    double before = waitingBytes();
    for (int i = 60; i < 100; i++) {
      api.post(event("large-" + i, large));
    }
    assertThat(waitingBytes()).isLessThanOrEqualTo(30.0 * (64 * 1024 + large.length() + 400));
    assertThat(waitingBytes()).isLessThan(before + 30.0 * large.length());
    for (SseClient reader : readers) {
      reader.close();
    }
    await().atMost(PATIENCE).until(() -> waitingBytes() == 0);
  }

  private static double waitingBytes() {
    Matcher metric =
        Pattern.compile("(?m)^message_relay_stream_waiting_bytes (\\S+)$")
            .matcher(consumer.get("/metrics").body());
    assertThat(metric.find()).isTrue();
    return Double.parseDouble(metric.group(1));
  }
}
