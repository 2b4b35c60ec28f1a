package io.messagerelay.propagator.management;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.messagerelay.propagator.delivery.Delivery;
import io.messagerelay.propagator.delivery.EventSender;
import io.messagerelay.propagator.spool.Heartbeat;
import io.messagerelay.propagator.spool.Lanes;
import io.messagerelay.propagator.spool.ManualClock;
import io.messagerelay.propagator.spool.NewEntry;
import io.messagerelay.propagator.spool.PaceFile;
import io.messagerelay.propagator.spool.Pacing;
import io.messagerelay.propagator.spool.Settlement;
import io.messagerelay.propagator.spool.SpoolFolder;
import io.messagerelay.propagator.spool.SpoolLimits;
import io.messagerelay.propagator.spool.SpoolOnlooker;
import io.messagerelay.propagator.spool.SpooledEvent;
import io.messagerelay.propagator.spool.SqliteSpool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class ManagementServerTest {
  private static final long LIMIT = 1L << 30;

  @TempDir Path path;
  private final ManualClock clock = new ManualClock();
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicBoolean paused = new AtomicBoolean();
  private final HttpClient client = HttpClient.newHttpClient();
  private InetSocketAddress address;
  private ManagementServer server;
  private SqliteSpool spool;
  private SpoolOnlooker onlooker;
  private PaceFile pace;

  @BeforeEach
  void open() throws IOException {
    var folder = new SpoolFolder(path);
    spool = SqliteSpool.open(folder.spoolFile(), new Lanes(1), new SpoolLimits(LIMIT, 0), clock);
    onlooker = new SpoolOnlooker(folder.spoolFile());
    pace = PaceFile.open(folder.paceFile());
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      address = new InetSocketAddress(InetAddress.getLoopbackAddress(), free.getLocalPort());
    }
    server =
        ManagementServer.open(
            address,
            new ManagementServer.About(
                "main", LIMIT, Duration.ofSeconds(45), () -> false, clock, nanos::get));
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
    onlooker.close();
    spool.close();
  }

  private void begin() {
    var heartbeat = new Heartbeat(new SpoolFolder(path).heartbeatFile(), clock);
    heartbeat.beat();
    server.begin(new Vitals(heartbeat, onlooker, pace, paused::get));
  }

  private HttpResponse<String> ask(String method, String target) throws Exception {
    return client.send(
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:%d%s".formatted(address.getPort(), target)))
            .method(method, BodyPublishers.noBody())
            .build(),
        BodyHandlers.ofString());
  }

  private List<String> metrics() throws Exception {
    HttpResponse<String> answer = ask("GET", "/metrics");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body().lines().toList();
  }

  private static NewEntry event(String id) {
    return new NewEntry.Deliverable(id, null, "p", "{}".getBytes(UTF_8));
  }

  private List<SpooledEvent> claimed(String... ids) {
    spool.take("s", List.of(ids).stream().map(ManagementServerTest::event).toList(), null);
    return spool.claim(0, 0, 100, 1_000_000);
  }

  @Test
  void paths_are_exactly_these_and_only_read() throws Exception {
    begin();

    assertThat(ask("GET", "/health/ready").body())
        .isEqualTo("ready; the consumer has not answered yet\n");
    assertThat(ask("GET", "/health/live").statusCode()).isEqualTo(200);
    assertThat(ask("GET", "/health/started").statusCode()).isEqualTo(200);
    assertThat(ask("HEAD", "/health/live").statusCode()).isEqualTo(200);
    for (String other : List.of("/", "/metrics/", "/metricsandmore", "/health", "/health/live/x")) {
      assertThat(ask("GET", other).statusCode()).as(other).isEqualTo(404);
    }
    HttpResponse<String> refused = ask("PUT", "/metrics");
    assertThat(refused.statusCode()).isEqualTo(405);
    assertThat(refused.headers().firstValue("Allow")).contains("GET, HEAD");
  }

  @Test
  void before_the_loops_begin_there_are_no_metrics_yet() throws Exception {
    assertThat(ask("GET", "/metrics").statusCode()).isEqualTo(503);
    assertThat(ask("GET", "/health/started").statusCode()).isEqualTo(503);
  }

  @Test
  void a_spool_that_cannot_be_read_is_said_and_tells_no_old_numbers() throws Exception {
    begin();
    onlooker.close();

    HttpResponse<String> answer = ask("GET", "/metrics");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("is closed");
  }

  @Test
  void books_gauges_and_the_jvm_are_told_in_prometheus_text() throws Exception {
    begin();
    List<SpooledEvent> events = claimed("1", "2", "3", "4");
    spool.settle(
        List.of(
            new Settlement.Delivered(events.get(0)),
            new Settlement.Duplicate(events.get(1)),
            new Settlement.Dead(events.get(2), 400, List.of("no"))));
    clock.advance(Duration.ofMillis(2_500));
    pace.keep(new Pacing(3, 4, 5, OptionalInt.empty(), Optional.empty()));

    assertThat(ask("GET", "/metrics").headers().firstValue("Content-Type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
    assertThat(metrics())
        .contains(
            "message_relay_spool_taken_total{spool=\"main\"} 4.0",
            "message_relay_spool_delivered_total{spool=\"main\"} 1.0",
            "message_relay_spool_duplicate_total{spool=\"main\"} 1.0",
            "message_relay_spool_discarded_total{spool=\"main\"} 0.0",
            "message_relay_spool_dead_events{spool=\"main\"} 1.0",
            "message_relay_spool_pending_events{spool=\"main\"} 1.0",
            "message_relay_spool_oldest_pending_seconds{spool=\"main\"} 2.5",
            "message_relay_spool_bytes{spool=\"main\"} 516.0",
            "message_relay_spool_limit_bytes{spool=\"main\"} 1.073741824E9",
            "message_relay_aside_events{spool=\"main\"} 0.0",
            "message_relay_requests_in_flight{spool=\"main\"} 3.0",
            "message_relay_requests_allowed{spool=\"main\"} 4.0",
            "message_relay_consumer_away{spool=\"main\"} 0.0",
            "message_relay_heartbeat_age_seconds{spool=\"main\"} 2.5",
            "message_relay_source_paused{spool=\"main\"} 0.0",
            "# TYPE message_relay_spool_taken_total counter",
            "# TYPE message_relay_spool_dead_events gauge")
        .anyMatch(
            line ->
                line.matches("message_relay_build_info\\{java=\"25[^\"]*\",version=\"0.1.0\"} 1.*"))
        .anyMatch(line -> line.startsWith("jvm_memory_used_bytes{"))
        .anyMatch(line -> line.startsWith("jvm_gc_"))
        .anyMatch(line -> line.startsWith("jvm_threads_live_threads "));
  }

  @Test
  void a_consumer_that_never_answered_and_a_source_without_room_are_1() throws Exception {
    begin();
    paused.set(true);

    assertThat(metrics())
        .contains(
            "message_relay_consumer_away{spool=\"main\"} 1.0",
            "message_relay_requests_allowed{spool=\"main\"} 0.0",
            "message_relay_source_paused{spool=\"main\"} 1.0",
            "message_relay_spool_oldest_pending_seconds{spool=\"main\"} 0.0");
  }

  @Test
  void requests_are_counted_by_what_came_of_them_and_timed_where_one_was_made() throws Exception {
    begin();
    List<SpooledEvent> events = claimed("1", "2");
    clock.advance(Duration.ofSeconds(20));
    Settlement delivered = new Settlement.Delivered(events.get(0));
    Settlement dead = new Settlement.Dead(events.get(1), 400, List.of("no"));
    for (Delivery delivery :
        List.of(
            new Delivery.Answered(List.of(delivered)),
            new Delivery.Answered(List.of(delivered, dead)),
            new Delivery.Deferred("no", Optional.empty()),
            new Delivery.Away("no", Optional.empty()),
            new Delivery.TooBig("no"),
            new Delivery.Held("no"))) {
      send(delivery, events, Duration.ofMillis(200));
    }

    assertThat(metrics())
        .contains(
            "message_relay_requests_total{result=\"stored\",spool=\"main\"} 1.0",
            "message_relay_requests_total{result=\"refused\",spool=\"main\"} 1.0",
            "message_relay_requests_total{result=\"retry\",spool=\"main\"} 1.0",
            "message_relay_requests_total{result=\"away\",spool=\"main\"} 1.0",
            "message_relay_requests_total{result=\"too_big\",spool=\"main\"} 1.0",
            "message_relay_requests_total{result=\"held\",spool=\"main\"} 1.0",
            "message_relay_request_seconds_bucket{spool=\"main\",le=\"0.1\"} 0",
            "message_relay_request_seconds_bucket{spool=\"main\",le=\"0.25\"} 4",
            "message_relay_request_seconds_bucket{spool=\"main\",le=\"+Inf\"} 4",
            "message_relay_take_to_stored_seconds_bucket{spool=\"main\",le=\"10.0\"} 0",
            "message_relay_take_to_stored_seconds_bucket{spool=\"main\",le=\"30.0\"} 2",
            "message_relay_take_to_stored_seconds_count{spool=\"main\"} 2",
            "message_relay_take_to_stored_seconds_sum{spool=\"main\"} 40.0");
  }

  private void send(Delivery delivery, List<SpooledEvent> events, Duration takes)
      throws InterruptedException {
    EventSender sender =
        _ ->
            () -> {
              nanos.addAndGet(takes.toNanos());
              return delivery;
            };
    assertThat(server.measured(sender).send(events).delivery()).isSameAs(delivery);
  }

  @Test
  void a_client_that_says_nothing_keeps_nobody_from_an_answer() throws Exception {
    begin();
    try (var _ = new Socket(address.getAddress(), address.getPort());
        var half = new Socket(address.getAddress(), address.getPort())) {
      half.getOutputStream().write("GET /metr".getBytes(UTF_8));
      half.getOutputStream().flush();

      assertThat(ask("GET", "/health/live").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void a_port_that_is_taken_and_a_host_that_is_nowhere_are_said() {
    var about =
        new ManagementServer.About("main", 1, Duration.ZERO, () -> false, clock, nanos::get);

    assertThatThrownBy(() -> ManagementServer.open(address, about).close())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("in use");
    assertThatThrownBy(
            () ->
                ManagementServer.open(InetSocketAddress.createUnresolved("nowhere", 1), about)
                    .close())
        .isInstanceOf(IOException.class)
        .hasMessage("the host is not known");
  }
}
