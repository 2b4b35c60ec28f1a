package io.messagerelay.benchmarks.following;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ReadersTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-25T00:00:00.500Z"), ZoneOffset.UTC);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch send = new CountDownLatch(1);
  private HttpServer server;
  private volatile String events = "";

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/event", this::stream);
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void end() {
    send.countDown();
    server.stop(0);
    threads.close();
  }

  private void stream(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    OutputStream body = exchange.getResponseBody();
    body.write("retry: 1000\nid: AQCT\n\n".getBytes(UTF_8));
    body.flush();
    try {
      send.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    body.write(events.getBytes(UTF_8));
    body.flush();
  }

  private static String event(int position, String time) {
    return "id: AQCT\nevent: event\ndata: {\"id\":%d,\"received_time\":\"2026-11-%sZ\"}\n\n"
        .formatted(position, time);
  }

  private Readers open() throws InterruptedException {
    return Readers.open(server.getAddress().getPort(), "a-token", "/event", 3, CLOCK);
  }

  @Test
  void every_reader_is_counted_and_lags_count_of_events_of_the_window()
      throws InterruptedException {
    events = event(4, "24T23:59:59.500000") + event(7, "25T00:00:00.400000");
    try (Readers readers = open()) {
      readers.beginWindow(CLOCK.instant());
      send.countDown();
      readers.awaitEvents(2);

      readers.requireAll(new Follower.Got(2, 11));
      assertThat(readers.events()).isEqualTo(6);
      assertThat(readers.lag(100)).isZero(); // both were received before the window
      assertThat(readers.bytes()).isGreaterThan(6L * events.length() / 2);
    }
  }

  @Test
  void a_lag_goes_over_midnight() throws InterruptedException {
    events = event(4, "24T23:59:59.500000");
    try (Readers readers = open()) {
      readers.beginWindow(Instant.parse("2026-11-24T23:59:59Z"));
      send.countDown();
      readers.awaitEvents(1);

      assertThat(readers.lag(100)).isBetween(999.0, 1_001.0);
    }
  }

  @Test
  void a_reader_that_got_others_than_it_should_is_told() throws InterruptedException {
    events = event(4, "25T00:00:00.400000");
    try (Readers readers = open()) {
      send.countDown();
      readers.awaitEvents(1);

      assertThatThrownBy(() -> readers.requireAll(new Follower.Got(1, 5)))
          .hasMessageStartingWith("a reader got Got[events=1, positions=4]");
    }
  }

  @Test
  void a_reader_that_fails_ends_the_wait() throws InterruptedException {
    events = event(4, "25T00:00:00.400000").repeat(2);
    try (Readers readers = open()) {
      send.countDown();

      assertThatThrownBy(() -> readers.awaitEvents(2))
          .hasMessage("a reader has failed")
          .hasRootCauseMessage("an event at 4 came behind the one at 4");
    }
  }
}
