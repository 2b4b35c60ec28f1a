package io.messagerelay.consumer.http;

import static io.messagerelay.consumer.http.Api.event;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.messagerelay.consumer.app.RunningConsumer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.PrimitiveIterator;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that keep the service waiting. */
class SlowPeersIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private static Path folder;
  private static RunningConsumer consumer;
  private static Api api;

  @BeforeAll
  static void start() {
    consumer =
        RunningConsumer.start(folder, Map.of("REQUEST_TIMEOUT", "1", "STREAM_TIMEOUT", "1.5"));
    api = new Api(consumer);
    for (int i = 0; i < 10; i++) {
      api.post(event("large-" + i, "x".repeat(200_000)));
    }
  }

  @AfterAll
  static void stop() {
    consumer.close();
  }

  private static double waiting() {
    return Metric.of(consumer, "message_relay_answer_waiting_bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"G", "GET /ready HT", "GET /ready HTTP/1.1\r\nHost: x\r\nX-Slow: "})
  void a_head_that_does_not_go_on_is_408_and_the_connection_ends(String begun) throws IOException {
    double before = Metric.limited(consumer, "slow_head");
    try (RawSocket client = new RawSocket(consumer.port())) {
      assertThat(client.send(begun).untilClosedOrReset()).startsWith("HTTP/1.1 408 ");
    }
    assertThat(Metric.limited(consumer, "slow_head")).isEqualTo(before + 1);
  }

  /** Each byte keeps an idle time-out away. */
  @Test
  void a_head_that_comes_byte_by_byte_is_cut_all_the_same() throws Exception {
    PrimitiveIterator.OfInt head = RawSocket.get("/" + "x".repeat(1_000)).chars().iterator();
    try (RawSocket client = new RawSocket(consumer.port());
        var sender = Executors.newSingleThreadScheduledExecutor()) {
      var _ = sender.scheduleAtFixedRate(() -> sendNext(client, head), 0, 100, MILLISECONDS);

      assertThat(client.untilClosedOrReset()).startsWith("HTTP/1.1 408 ");
      sender.shutdownNow();
    }
  }

  /** When the other side has closed it ends what repeats it. */
  private static void sendNext(RawSocket client, PrimitiveIterator.OfInt head) {
    try {
      client.send(Character.toString(head.nextInt()));
    } catch (IOException closed) {
      throw new UncheckedIOException(closed);
    }
  }

  @Test
  void a_reader_of_a_page_who_reads_nothing_is_cut_and_its_memory_is_free() throws Exception {
    double before = Metric.limited(consumer, "slow_reader");
    try (RawSocket client = new RawSocket(consumer.port())) {
      for (int i = 0; i < 10; i++) {
        client.send(RawSocket.get("/event?limit=1000", "Authorization: Bearer " + api.token()));
      }
      await().atMost(PATIENCE).until(() -> waiting() > 100_000);

      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(Metric.limited(consumer, "slow_reader")).isEqualTo(before + 1));
      await().atMost(PATIENCE).until(() -> waiting() == 0);
    }
  }

  @Test
  void a_reader_of_a_page_who_takes_it_slowly_gets_it_whole() throws Exception {
    double before = Metric.limited(consumer, "slow_reader");
    try (RawSocket client = new RawSocket(consumer.port())) {
      client.send(
          RawSocket.get(
              "/event?limit=1000", "Authorization: Bearer " + api.token(), "Connection: close"));
      String head = client.head();
      String length = head.replaceFirst("(?is).*content-length: (\\d+).*", "$1");

      assertThat(client.untilClosedOrReset()).hasSize(Integer.parseInt(length));
    }
    assertThat(Metric.limited(consumer, "slow_reader")).isEqualTo(before);
  }

  @Test
  void answers_that_nobody_reads_take_no_more_than_their_room() throws Exception {
    List<RawSocket> readers = new ArrayList<>();
    String list = RawSocket.get("/event?limit=1000", "Authorization: Bearer " + api.token());
    double before = Metric.limited(consumer, "answers");
    try {
      for (int i = 0; i < 40; i++) {
        var reader = new RawSocket(consumer.port());
        readers.add(reader);
        reader.send(list.repeat(4));
      }
      await().atMost(PATIENCE).until(() -> Metric.limited(consumer, "answers") > before);

      assertThat(waiting()).isLessThan(AnswerRoom.MOST_WAITING + 16 * 1024 * 1024);
    } finally {
      for (RawSocket reader : readers) {
        reader.close();
      }
    }
    await().atMost(PATIENCE).until(() -> api.get("/event?limit=1").statusCode() == 200);
  }
}
