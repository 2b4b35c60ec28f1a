package io.messagerelay.consumer.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.messagerelay.consumer.app.RunningConsumer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More connections than there may be. The consumer's own client keeps one, from 127.0.0.1. */
class ConnectionLimitIT {
  private static final int ALL = 30;
  private static final int EACH = 10;
  private static final String READY = RawSocket.get("/ready", "Connection: close");

  @TempDir private static Path folder;
  private static RunningConsumer consumer;

  private final List<RawSocket> clients = new ArrayList<>();

  @BeforeAll
  static void start() {
    consumer =
        RunningConsumer.start(
            folder,
            Map.of(
                "CONNECTION_LIMIT",
                Integer.toString(ALL),
                "ADDRESS_CONNECTION_LIMIT",
                Integer.toString(EACH),
                "TRUSTED_PROXIES",
                "127.0.0.9"));
  }

  @AfterAll
  static void stop() {
    consumer.close();
  }

  @BeforeEach
  void nobodyIsThere() {
    await().until(() -> open() <= 1);
  }

  @AfterEach
  void leave() throws IOException {
    for (RawSocket client : clients) {
      client.close();
    }
  }

  private static double open() {
    return Metric.of(consumer, "message_relay_connections");
  }

  private RawSocket connect(String from) throws IOException {
    var client = new RawSocket(consumer.port(), from);
    clients.add(client);
    return client;
  }

  private void connect(int times, String from) throws IOException {
    for (int i = 0; i < times; i++) {
      connect(from);
    }
  }

  @Test
  void one_too_many_from_an_address_is_closed_and_other_addresses_are_served() throws IOException {
    double before = Metric.limited(consumer, "address_connections");
    connect(EACH, "127.0.0.2");
    assertThat(connect("127.0.0.2").send(READY).untilClosedOrReset()).isEmpty();

    assertThat(connect("127.0.0.3").send(READY).untilClosedOrReset()).startsWith("HTTP/1.1 200 ");
    assertThat(Metric.limited(consumer, "address_connections")).isEqualTo(before + 1);
  }

  @Test
  void one_too_many_of_all_is_closed_and_those_who_were_there_go_on() throws IOException {
    double before = Metric.limited(consumer, "connections");
    for (int i = 0; i * EACH < ALL; i++) {
      connect(EACH, "127.0.1." + i);
    }
    await().untilAsserted(() -> assertThat(open()).isEqualTo(ALL));
    assertThat(connect("127.0.0.4").send(READY).untilClosedOrReset()).isEmpty();

    assertThat(clients.getFirst().send(READY).untilClosedOrReset()).startsWith("HTTP/1.1 200 ");
    assertThat(Metric.limited(consumer, "connections")).isGreaterThan(before);
  }

  @Test
  void a_trusted_proxy_has_as_many_as_all() throws IOException {
    connect(2 * EACH, "127.0.0.9");

    await().untilAsserted(() -> assertThat(open()).isGreaterThanOrEqualTo(2 * EACH));
    assertThat(connect("127.0.0.9").send(READY).untilClosedOrReset()).startsWith("HTTP/1.1 200 ");
  }

  /** Closed before a byte, in the middle of a head, of a body, of an answer, and after one. */
  @Test
  void every_place_is_given_back_however_a_connection_ends() throws IOException {
    String token = new Api(consumer).token();
    List<String> begun =
        List.of(
            "",
            "GET /eve",
            RawSocket.post(token, 100) + "{",
            RawSocket.get("/event", "Authorization: Bearer " + token),
            RawSocket.get("/event", "Authorization: Bearer " + token, "Accept: text/event-stream"));
    for (int round = 0; round < 50; round++) {
      for (String text : begun) {
        try (RawSocket client = new RawSocket(consumer.port(), "127.0.0.5")) {
          client.send(text);
        }
      }
      await().until(() -> open() <= 1 + EACH - begun.size());
    }
    await().atMost(Duration.ofSeconds(20)).until(() -> open() <= 1);
    await()
        .untilAsserted(
            () -> assertThat(Metric.of(consumer, "message_relay_requests")).isEqualTo(1));
    connect(EACH, "127.0.0.5");
    assertThat(clients.getLast().send(READY).untilClosedOrReset()).startsWith("HTTP/1.1 200 ");
  }
}
