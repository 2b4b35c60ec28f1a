package io.messagerelay.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A receiver that is not ours: no login, and answers that say nothing but their status. */
final class ForeignReceiverIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int EVENTS = 30;
  private static final SampleData DATA = SampleData.withoutKeys(EVENTS);

  @RegisterExtension final Site site = new Site();

  /** What came in, in order: method, path, key, whether there was a login, body. */
  private record Arrival(String method, String path, String id, boolean login, String body) {}

  private final List<Arrival> arrivals = new CopyOnWriteArrayList<>();
  private HttpServer receiver;

  @BeforeEach
  void open() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext("/", this::answer);
    receiver.start();
  }

  @AfterEach
  void close() {
    receiver.stop(0);
  }

  /** Every seventh request finds it busy. */
  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      arrivals.add(
          new Arrival(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              exchange.getRequestHeaders().getFirst("Idempotency-Key"),
              exchange.getRequestHeaders().containsKey("Authorization"),
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
      exchange.sendResponseHeaders(arrivals.size() % 7 == 0 ? 503 : 204, -1);
    }
  }

  @Test
  void every_event_arrives_alone_in_order_without_a_login_and_the_log_says_at_least_once() {
    site.get().writeData(DATA.json());
    String url = "http://127.0.0.1:" + receiver.getAddress().getPort();

    Child propagator =
        site.get()
            .start(
                Service.PROPAGATOR,
                Map.of(
                    "ACKNOWLEDGE", "status",
                    "CONSUMER_URL", url,
                    "ENDPOINT_TO_POST", "hooks/in?key=7",
                    "SERVICE_NAME", "",
                    "SERVICE_PASSWORD", ""),
                "run",
                "--limit",
                Integer.toString(EVENTS));

    assertThat(propagator.waitFor(PATIENCE)).isZero();
    assertThat(propagator.lines())
        .anyMatch(line -> line.contains("ACKNOWLEDGE=status") && line.contains("at-least-once"));
    assertThat(BooksLine.in(propagator.lines()).orElseThrow().delivered()).isEqualTo(EVENTS);
    assertThat(arrivals)
        .allMatch(arrival -> arrival.method().equals("POST"))
        .allMatch(arrival -> arrival.path().equals("/hooks/in?key=7"))
        .noneMatch(Arrival::login)
        .allMatch(arrival -> arrival.body().contains("\"" + arrival.id() + "\""));
    assertThat(arrivals.stream().map(Arrival::id).distinct().map(Taken::shortOf))
        .containsExactlyElementsOf(
            Taken.in(propagator.output()).stream().map(Taken::shortId).toList());
  }
}
