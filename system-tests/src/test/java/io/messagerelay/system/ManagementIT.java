package io.messagerelay.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** event-propagator's management port, from the start of a process to its end. */
final class ManagementIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @RegisterExtension final Site site = new Site();
  private int port;
  private Management management;

  @BeforeEach
  void open() {
    port = Installation.freePort();
    management = new Management(port);
    site.get().writeData(SampleData.keyed(100).json());
  }

  @AfterEach
  void close() {
    management.close();
  }

  private Child run(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(management.settings());
    settings.putAll(more);
    return site.get().start(Service.PROPAGATOR, settings, "run");
  }

  private void awaitHealth(String of, String words) {
    Waiting.until(
        of + " is " + words, PATIENCE, () -> management.health(of).equals(Optional.of(words)));
  }

  @Test
  void a_run_is_ready_until_it_is_told_to_end_and_its_port_closes_last() {
    Child consumer = site.get().consumer();
    site.get().awaitReady(consumer, PATIENCE);
    Child run = run(Map.of("DRAIN_TIMEOUT", "60"));
    awaitHealth("ready", "200 ready");
    assertThat(management.health("started")).contains("200 started");
    assertThat(management.health("live")).contains("200 live");

    consumer.signal("STOP");
    Waiting.until("events wait", PATIENCE, () -> pending() > 10);
    run.terminate();
    awaitHealth("ready", "503 not ready: ending");
    assertThat(management.health("live")).contains("200 live: ending");
    assertThat(run.alive()).as("a request is in flight").isTrue();
    consumer.signal("CONT");

    assertThat(run.waitFor(PATIENCE)).as(run.output()).isZero();
    assertThat(run.lines().getLast()).contains("stopped; taken ");
    assertThat(management.health("live")).isEmpty();
  }

  private long pending() {
    return management.metrics().map(Management::books).map(BooksLine::pending).orElse(0L);
  }

  @Test
  void a_consumer_that_is_away_is_told_and_is_no_illness() {
    run(Map.of());

    awaitHealth("ready", "200 ready; the consumer has not answered yet");
    assertThat(management.health("live")).contains("200 live");
    assertThat(management.metrics().orElseThrow())
        .contains("message_relay_consumer_away{spool=\"main\"} 1.0");
    Child consumer = site.get().consumer();
    awaitHealth("ready", "200 ready");
    assertThat(management.metrics().orElseThrow())
        .contains("message_relay_consumer_away{spool=\"main\"} 0.0");

    consumer.kill();
    Waiting.until(
        "it is said that it is away",
        PATIENCE,
        () ->
            management
                .health("ready")
                .filter(words -> words.startsWith("200 ready; the consumer is away, asked "))
                .isPresent());
  }

  @Test
  void a_run_whose_port_is_taken_ends_before_it_takes_anything() throws IOException {
    try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      Child run = run(Map.of());

      assertThat(run.waitFor(PATIENCE)).isEqualTo(69);
      assertThat(run.lines())
          .containsExactly(
              ("MANAGEMENT_HOST, MANAGEMENT_PORT: cannot listen on http://127.0.0.1:%d: Address"
                      + " already in use; end what listens there, or set another port")
                  .formatted(port));
      assertThat(site.get().spoolDir().resolve("spool.db")).doesNotExist();
    }
  }

  @Test
  void a_replay_beside_a_run_goes_on_without_the_port_that_the_run_has() throws IOException {
    Child consumer = site.get().consumer();
    site.get().awaitReady(consumer, PATIENCE);
    run(Map.of("SCHEDULER_INTERVAL", "3600"));
    awaitHealth("ready", "200 ready");
    Files.writeString(site.get().folder().resolve("events.json"), SampleData.keyed(20).json());

    Child replay =
        site.get().start(Service.PROPAGATOR, management.settings(), "replay", "events.json");

    assertThat(replay.waitFor(PATIENCE)).as(replay.output()).isZero();
    assertThat(replay.lines())
        .filteredOn(line -> line.contains(" WARN "))
        .singleElement()
        .asString()
        .contains(
            "no health and no metrics of this run: cannot listen on http://127.0.0.1:" + port);
    assertThat(management.health("ready")).contains("200 ready");
  }

  @Test
  void a_replay_that_has_a_port_tells_of_its_own_spool() throws IOException {
    Files.writeString(site.get().folder().resolve("events.json"), SampleData.keyed(20).json());
    site.get().start(Service.PROPAGATOR, management.settings(), "replay", "events.json");

    awaitHealth("started", "200 started");
    assertThat(management.metrics().orElseThrow())
        .containsPattern("message_relay_spool_taken_total\\{spool=\"replay-[^\"]+\"} ");
  }

  @Test
  void check_says_whether_the_port_is_free() throws IOException {
    try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      Child check = site.get().start(Service.PROPAGATOR, management.settings(), "check");

      assertThat(check.waitFor(PATIENCE)).isEqualTo(69);
      assertThat(check.lines())
          .anyMatch(line -> line.startsWith("FAIL  management MANAGEMENT_HOST, MANAGEMENT_PORT: "));
    }
  }
}
