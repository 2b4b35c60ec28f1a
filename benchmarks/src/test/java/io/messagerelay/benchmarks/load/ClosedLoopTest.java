package io.messagerelay.benchmarks.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ClosedLoopTest {
  private static final Duration SHORT = Duration.ofMillis(200);

  private final Queue<String> bodies = new ConcurrentLinkedQueue<>();
  private final TimeOrderedIds ids = new TimeOrderedIds(System::currentTimeMillis, new Random(11));
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer server;
  private volatile int status = 201;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/event", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void end() {
    server.stop(0);
    threads.close();
  }

  private void answer(HttpExchange exchange) throws IOException {
    bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    byte[] body = "{\"stored\": true}".getBytes(UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Test
  void counts_every_answer_once_drained() {
    try (ClosedLoop loop = open(1)) {
      Answers answers = loop.run(SHORT);
      loop.drain();

      assertThat(answers.successes()).isPositive();
      assertThat(loop.eventsAnswered()).isEqualTo(bodies.size());
    }
  }

  @Test
  void sends_every_event_under_an_id_of_its_own() {
    try (ClosedLoop loop = open(3)) {
      loop.run(SHORT);
      loop.drain();

      assertThat(bodies.stream().flatMap(String::lines).map(line -> line.substring(0, 52)))
          .doesNotHaveDuplicates()
          .hasSize((int) loop.eventsAnswered());
    }
  }

  @Test
  void waits_for_a_first_answer_when_none_comes_in_time() {
    try (ClosedLoop loop = open(1)) {
      assertThat(loop.run(Duration.ZERO).successes()).isPositive();
      loop.drain();
    }
  }

  @Test
  void fails_when_any_answer_is_no_2xx() {
    status = 503;
    try (ClosedLoop loop = open(1)) {
      assertThatThrownBy(() -> loop.run(SHORT))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("answers with status 503");
    }
  }

  private ClosedLoop open(int events) {
    var requests = new EventRequests("a-token", events, ids);
    return ClosedLoop.open(server.getAddress().getPort(), 4, requests, System::nanoTime);
  }
}
