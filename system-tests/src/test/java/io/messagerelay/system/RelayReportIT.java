package io.messagerelay.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What event-propagator tells a consumer of itself. */
final class RelayReportIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final String TOKEN =
      "{\"access_token\":\"t\",\"token_type\":\"bearer\",\"expires_in\":3600}";

  @RegisterExtension final Site site = new Site();

  /** {@code Relay-Report} of each request with events. */
  private final List<Optional<String>> reports = new CopyOnWriteArrayList<>();

  private HttpServer consumer;

  @BeforeEach
  void open() throws IOException {
    consumer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    consumer.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    consumer.createContext("/token", it -> answer(it, 200, TOKEN));
    consumer.createContext("/event", this::putOff);
    consumer.start();
    site.get().writeData(SampleData.keyed(10).json());
  }

  @AfterEach
  void close() {
    consumer.stop(0);
  }

  private void putOff(HttpExchange exchange) throws IOException {
    reports.add(Optional.ofNullable(exchange.getRequestHeaders().getFirst("Relay-Report")));
    answer(exchange, 503, "");
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private void relay(Map<String, String> more) {
    var settings = new HashMap<>(more);
    settings.put("CONSUMER_URL", "http://127.0.0.1:" + consumer.getAddress().getPort());
    site.get().start(Service.PROPAGATOR, settings, "run");
    Waiting.until("requests have come", PATIENCE, () -> reports.size() >= 5);
  }

  @Test
  void each_request_says_how_many_events_wait_for_how_long() {
    relay(Map.of());

    assertThat(reports)
        .allSatisfy(
            report ->
                assertThat(report.orElseThrow())
                    .matches("\\d+;age=\\d+\\.\\d;dead=0;name=\"[ -~]+/main\""));
    Waiting.until(
        "the numbers grow", PATIENCE, () -> !reports.getLast().equals(reports.getFirst()));
  }

  @Test
  void nothing_is_said_where_that_is_switched_off_or_the_receiver_is_not_ours() {
    relay(Map.of("RELAY_REPORT", "false"));
    assertThat(reports).allMatch(Optional::isEmpty);
    reports.clear();
    relay(Map.of("ACKNOWLEDGE", "status", "SPOOL_DIR", "var/other"));
    assertThat(reports).allMatch(Optional::isEmpty);
  }
}
