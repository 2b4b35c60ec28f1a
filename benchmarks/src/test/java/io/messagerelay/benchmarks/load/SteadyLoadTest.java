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
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SteadyLoadTest {
  private static final long MILLI = 1_000_000;

  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicLong nanos = new AtomicLong();
  private final TimeOrderedIds ids = new TimeOrderedIds(System::currentTimeMillis, new Random(11));
  private HttpServer server;
  private volatile int status = 200;
  private volatile long answerNanos;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/event", this::answer);
    server.start();
  }

  @AfterEach
  void end() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    nanos.addAndGet(answerNanos);
    exchange.getRequestBody().readAllBytes();
    byte[] body = "{}".getBytes(UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** Time passes when it is looked at, and with each answer. */
  private long time() {
    return nanos.getAndAdd(MILLI / 4);
  }

  private SteadyLoad open() {
    var events = new EventRequests("a-token", 10, ids);
    return SteadyLoad.open(server.getAddress().getPort(), events, 10_000, this::time);
  }

  @Test
  void requests_come_at_their_rate() {
    try (SteadyLoad load = open()) {
      Answers answers = load.run(Duration.ofMillis(20));

      assertThat(answers.successes()).isEqualTo(20);
      assertThat(load.eventsAnswered()).isEqualTo(200);
      assertThat(requests).hasValue(20);
    }
  }

  @Test
  void what_is_late_is_sent_all_the_same_and_its_latency_counts_from_when_it_was_due() {
    answerNanos = 3 * MILLI; // three times as long as from one to the next
    try (SteadyLoad load = open()) {
      Answers answers = load.run(Duration.ofMillis(10));

      assertThat(answers.successes()).isEqualTo(10);
      assertThat(answers.percentile(100)).isBetween(20.0, 35.0);
      assertThat(answers.percentile(1)).isBetween(3.0, 5.0);
    }
  }

  @Test
  void an_answer_that_is_no_2xx_ends_it() {
    status = 429;
    try (SteadyLoad load = open()) {
      assertThatThrownBy(() -> load.run(Duration.ofMillis(50)))
          .hasMessageContaining("answers with status 429");
    }
  }
}
