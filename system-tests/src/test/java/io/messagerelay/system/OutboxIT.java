package io.messagerelay.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.servers.TestDatabase;
import io.messagerelay.servers.TestPostgres;
import io.messagerelay.servers.TestPostgresDatabase;
import io.messagerelay.servers.TestServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two propagators share an outbox, and are killed and frozen while clients write to it. */
final class OutboxIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration TAKE_OVER = Duration.ofSeconds(10);
  private static final int CLIENTS = 4;
  private static final int TRANSACTIONS = 150;
  private static final int KILLS = 4;
  private static final long SEED = 20;

  @RegisterExtension final Site site = new Site();

  @Test
  void every_row_in_mysql_is_stored_once() throws Exception {
    try (TestDatabase database = TestServer.shared().newDatabase()) {
      relaysAll(OutboxPlace.in(database));
    }
  }

  @Test
  void every_row_in_postgresql_is_stored_once() throws Exception {
    try (TestPostgresDatabase database = TestPostgres.shared().newDatabase()) {
      relaysAll(OutboxPlace.in(database));
    }
  }

  private void relaysAll(OutboxPlace place) throws Exception {
    place.makeTables();
    Child consumer = site.get().consumer();
    site.get().awaitReady(consumer, PATIENCE);
    List<String> written;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        var store = site.get().rows()) {
      Map<String, Child> propagators = new HashMap<>();
      for (String spool : List.of("var/spool-1", "var/spool-2")) {
        propagators.put(spool, start(place, spool));
      }
      List<Future<List<String>>> clients =
          IntStream.range(0, CLIENTS).mapToObj(i -> threads.submit(client(place, i))).toList();
      Waiting.until("events are stored", PATIENCE, () -> store.count() > 0);
      Child worker = worker(propagators);
      freeze(worker, other(propagators, worker), store);
      killSome(place, propagators, store);
      written = new ArrayList<>();
      for (Future<List<String>> client : clients) {
        written.addAll(client.get());
      }
      int all = written.size();
      Waiting.until("all are stored", PATIENCE, () -> store.count() >= all);
      Waiting.until("all rows are done", PATIENCE, () -> place.rows() == 0);
      assertThat(store.rows().stream().map(row -> row.content().payload()).toList())
          .as("seed %d", SEED)
          .containsExactlyInAnyOrderElementsOf(written);
      endBoth(propagators);
    }
  }

  private Child start(OutboxPlace place, String spool) {
    return site.get().start(Service.PROPAGATOR, place.settings(spool), "run");
  }

  /** Its place is taken within the time, and it does no harm when it wakes. */
  private static void freeze(Child worker, Child other, StoredRows store) {
    worker.signal("STOP");
    Waiting.until(
        "the other has taken over; its log: " + other.log(), TAKE_OVER, () -> works(other));
    long taken = store.count();
    Waiting.until("the other's events are stored", PATIENCE, () -> store.count() > taken);
    worker.signal("CONT");
    Waiting.until(
        "it stands by; its log: " + worker.log(),
        PATIENCE,
        () -> worker.output().contains("stands by") || worker.output().contains("cannot be read"));
  }

  private static boolean works(Child propagator) {
    return propagator.output().contains("works on outbox now");
  }

  /** The one that said last that it works. */
  private static Child worker(Map<String, Child> propagators) {
    return propagators.values().stream().filter(OutboxIT::works).findFirst().orElseThrow();
  }

  private static Child other(Map<String, Child> propagators, Child worker) {
    return propagators.values().stream().filter(each -> each != worker).findFirst().orElseThrow();
  }

  private void killSome(OutboxPlace place, Map<String, Child> propagators, StoredRows store) {
    var random = new Random(SEED);
    for (int i = 0; i < KILLS; i++) {
      String spool = "var/spool-" + (1 + random.nextInt(2));
      long before = store.count();
      Waiting.until(
          "more is stored, or nothing is left",
          PATIENCE,
          () -> store.count() > before + 20 || place.rows() == 0);
      Objects.requireNonNull(propagators.get(spool)).kill();
      Child next = start(place, spool);
      Waiting.until("it is there; its log: " + next.log(), PATIENCE, () -> isUp(next));
      propagators.put(spool, next);
    }
  }

  private static void endBoth(Map<String, Child> propagators) {
    for (Child each : propagators.values()) {
      Waiting.until("it works or stands by; its log: " + each.log(), PATIENCE, () -> isUp(each));
    }
    propagators.values().forEach(Child::terminate);
    for (Child each : propagators.values()) {
      assertThat(each.waitFor(PATIENCE)).as("%s", each.log()).isZero();
    }
  }

  private static boolean isUp(Child propagator) {
    return works(propagator) || propagator.output().contains("stands by");
  }

  /** Writes a few rows in each transaction, which it sometimes keeps open or gives up. */
  private static Callable<List<String>> client(OutboxPlace place, int number) {
    return () -> {
      var random = new Random(SEED + number);
      List<String> written = new ArrayList<>();
      try (Connection connection = place.door().connect();
          PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT INTO outbox (event_type, event_key, event_payload) VALUES (?, ?, ?)")) {
        connection.setAutoCommit(false);
        for (int i = 0; i < TRANSACTIONS; i++) {
          List<String> payloads = new ArrayList<>();
          for (int k = random.nextInt(10); k >= 0; k--) {
            payloads.add("%d-%d-%d \ud83d\ude80".formatted(number, i, k));
            insert(insert, number, payloads.getLast());
          }
          keepOpen(random);
          if (random.nextInt(10) == 0) {
            connection.rollback();
          } else {
            connection.commit();
            written.addAll(payloads);
          }
        }
      }
      return written;
    };
  }

  private static void insert(PreparedStatement insert, int number, String payload)
      throws SQLException {
    insert.setString(1, "t");
    insert.setString(2, "client-" + number);
    insert.setString(3, payload);
    insert.executeUpdate();
  }

  private static void keepOpen(Random random) {
    long until = System.nanoTime() + Duration.ofMillis(random.nextInt(200)).toNanos();
    Waiting.until("the transaction ends", PATIENCE, () -> System.nanoTime() - until > 0);
  }
}
