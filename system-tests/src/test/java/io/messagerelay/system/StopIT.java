package io.messagerelay.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** SIGTERM under load. */
final class StopIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** DRAIN_TIMEOUT is 10 s; the rest is for a machine that does other things too. */
  private static final Duration TO_STOP = Duration.ofSeconds(20);

  private static final int WRITERS = 8;

  @RegisterExtension final Site site = new Site();

  @Test
  void a_consumer_that_is_told_to_stop_answers_all_it_accepted_and_has_stored_all_it_confirmed()
      throws Exception {
    Child consumer = site.get().consumer();
    site.get().awaitReady(consumer, PATIENCE);
    var load = new Load(site.get());

    load.begin();
    Waiting.until("requests are answered", PATIENCE, () -> load.confirmed.size() > 500);
    consumer.terminate();
    int exit = consumer.waitFor(TO_STOP);
    load.end();

    assertThat(exit).isZero();
    assertThat(load.otherAnswers).allMatch(status -> status == 503);
    try (var store = site.get().rows()) {
      Set<String> stored =
          store.rows().stream().map(StoredEvent::eventId).collect(Collectors.toSet());
      assertThat(stored).as("what was answered 2xx").containsAll(load.confirmed);
      assertThat(load.unanswered)
          .as("stored without an answer")
          .doesNotContainAnyElementsOf(stored);
    }
  }

  @Test
  void a_propagator_that_is_told_to_stop_ends_well_and_a_later_run_goes_on() {
    SampleData data = SampleData.keyed(1_000);
    site.get().writeData(data.json());
    Child consumer = site.get().consumer();
    site.get().awaitReady(consumer, PATIENCE);

    Child first = site.get().propagator();
    Waiting.until("events are taken", PATIENCE, () -> Taken.in(first.output()).size() > 100);
    first.terminate();

    assertThat(first.waitFor(TO_STOP)).isZero();
    assertThat(first.lines().getLast()).contains(" stopped; taken ");
    BooksLine books = BooksLine.in(first.lines()).orElseThrow();
    assertThat(books.balanced()).isTrue();
    assertThat(books.taken()).isEqualTo(Taken.in(first.output()).size());

    Child second = site.get().propagator("--limit", Long.toString(books.taken() + 50));
    assertThat(second.waitFor(PATIENCE)).isZero();
    assertThat(second.lines().getLast())
        .isEqualTo(
            "taken %1$,d = delivered %1$,d + duplicate 0 + dead 0 + discarded 0 + pending 0"
                .formatted(books.taken() + 50));
  }

  @Test
  void a_propagator_whose_spool_fails_ends_with_one_error_and_a_restart_loses_nothing()
      throws SQLException {
    site.get().writeData(SampleData.keyed(100).json());
    Child first = site.get().propagator();
    Waiting.until("events are taken", PATIENCE, () -> Taken.in(first.output()).size() > 20);
    execute(site.get().spoolDir().resolve("spool.db"), "ALTER TABLE books RENAME TO hidden");

    assertThat(first.waitFor(TO_STOP)).isEqualTo(69);
    assertThat(first.lines().stream().filter(line -> line.contains(" ERROR ")))
        .singleElement()
        .asString()
        .contains("spool.db", "start again");

    execute(site.get().spoolDir().resolve("spool.db"), "ALTER TABLE hidden RENAME TO books");
    site.get().consumer();
    int taken = Taken.in(first.output()).size();
    Child second = site.get().propagator("--limit", Integer.toString(taken));
    assertThat(second.waitFor(PATIENCE)).isZero();
    assertThat(BooksLine.in(second.lines()).orElseThrow().delivered()).isEqualTo(taken);
  }

  @Test
  void a_replay_that_finds_its_spool_failed_while_it_waits_ends_with_one_error() throws Exception {
    Files.writeString(site.get().folder().resolve("events.json"), SampleData.keyed(100).json());
    Child replay =
        site.get().start(Service.PROPAGATOR, Map.of(), "replay", "--rate", "1", "events.json");
    Waiting.until("events are taken", PATIENCE, () -> !Taken.in(replay.output()).isEmpty());
    Path spool;
    try (Stream<Path> spools = Files.list(site.get().spoolDir())) {
      spool = spools.findFirst().orElseThrow();
    }
    execute(spool.resolve("spool.db"), "ALTER TABLE books RENAME TO hidden");

    assertThat(replay.waitFor(TO_STOP)).isEqualTo(69);
    assertThat(replay.lines().getLast()).contains(" ERROR ", "spool.db", "start again");
  }

  @Test
  void a_write_that_the_disk_refuses_ends_the_propagator_loudly_and_a_restart_loses_nothing() {
    site.get().writeData(SampleData.keyed(100).json());
    Child first = site.get().startWithFilesUpTo(3_000_000, Service.PROPAGATOR, "run");

    assertThat(first.waitFor(PATIENCE)).isEqualTo(69);
    int taken = Taken.in(first.output()).size();
    assertThat(taken).isPositive();
    assertThat(first.lines().stream().filter(line -> line.contains(" ERROR ")))
        .singleElement()
        .asString()
        .contains("spool.db", "see to the disk and start again");

    site.get().consumer();
    Child second = site.get().propagator("--limit", Integer.toString(taken));
    assertThat(second.waitFor(PATIENCE)).isZero();
    assertThat(BooksLine.in(second.lines()).orElseThrow().delivered()).isEqualTo(taken);
  }

  private static void execute(Path spool, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + spool);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Writers that post one event after the other until nobody listens any more. */
  private static final class Load {
    private final Installation site;
    private final ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<String> confirmed = ConcurrentHashMap.newKeySet();
    private final Set<String> unanswered = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<Integer> otherAnswers = new ConcurrentLinkedQueue<>();

    Load(Installation site) {
      this.site = site;
    }

    void begin() {
      var api = new ConsumerApi(site.consumerUrl());
      String token = api.token(Installation.ACCOUNT, Installation.PASSWORD);
      for (int i = 0; i < WRITERS; i++) {
        String name = "w" + i + "-";
        writers.execute(() -> write(api, token, name));
      }
    }

    void end() {
      writers.close();
    }

    private void write(ConsumerApi api, String token, String name) {
      boolean listens = true;
      for (int i = 0; listens; i++) {
        listens = post(api, token, name + i);
      }
    }

    private boolean post(ConsumerApi api, String token, String id) {
      try {
        int status =
            api.post(
                    token,
                    "{\"event_id\":\"%s\",\"event_type\":\"t\",\"event_payload\":\"x\"}"
                        .formatted(id))
                .statusCode();
        if (status == 201) {
          confirmed.add(id);
        } else {
          otherAnswers.add(status);
        }
        return status == 201;
      } catch (IOException e) {
        unanswered.add(id);
        return false;
      }
    }
  }
}
