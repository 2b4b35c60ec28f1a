package io.messagerelay.consumer.store;

import static io.messagerelay.consumer.store.TestEvents.event;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.messagerelay.consumer.auth.LogLines;
import io.messagerelay.consumer.store.EventStore.Appended.Conflict;
import io.messagerelay.consumer.store.EventStore.Appended.Duplicate;
import io.messagerelay.consumer.store.EventStore.Appended.Stored;
import io.messagerelay.contract.Event;
import io.messagerelay.contract.Payload;
import io.messagerelay.servers.TestDatabase;
import io.messagerelay.servers.TestServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A database that the Python message-relay has filled. */
final class PythonEventsTest {
  /** 2023-11-14T22:13:20Z. */
  private static final long THEN = 1_700_000_000;

  private final ManualClock clock = ManualClock.at("2026-01-01T12:00:00Z");
  private final TestDatabase place = TestServer.shared().newDatabase();

  @AfterEach
  void drop() {
    place.close();
  }

  @Test
  void copies_what_the_original_stored_and_leaves_its_table_alone() throws Exception {
    PythonOriginal original = PythonOriginal.in(place);
    original.store(1, "message", "hello", THEN);
    original.store(2, "user_joined", "Peter", THEN + 10);
    original.store(7, "message", "greetings", THEN + 20);
    String before = original.checksum();

    try (Database database = TestStores.open(place, clock)) {
      assertThat(all(database))
          .containsExactly(
              stored(1, "python-0000000001", "message", "hello", THEN),
              stored(2, "python-0000000002", "user_joined", "Peter", THEN + 10),
              stored(3, "python-0000000007", "message", "greetings", THEN + 20));
    }
    assertThat(original.checksum()).isEqualTo(before);
  }

  @Test
  void goes_on_with_new_events_behind_the_copied_ones() throws Exception {
    PythonOriginal original = PythonOriginal.in(place);
    original.store(1, "message", "hello", THEN);

    try (Database database = TestStores.open(place, clock)) {
      assertThat(database.events().append(List.of(event("new")))).containsExactly(new Stored(2));
      assertThat(all(database).getLast().receivedTime()).isEqualTo("2026-01-01T12:00:00Z");
    }
  }

  @Test
  void knows_a_copied_event_that_is_sent_again() throws Exception {
    PythonOriginal original = PythonOriginal.in(place);
    original.store(1, "message", "hello", THEN);

    try (Database database = TestStores.open(place, clock)) {
      assertThat(database.events().append(List.of(event("python-0000000001", "message", "hello"))))
          .containsExactly(new Duplicate(1));
      assertThat(database.events().append(List.of(event("python-0000000001", "message", "other"))))
          .containsExactly(new Conflict());
    }
  }

  @Test
  void copies_nothing_twice_at_the_next_start() throws Exception {
    PythonOriginal.in(place).storeMany(1, 30, 9);
    TestStores.open(place, clock).close();

    try (LogLines log = new LogLines(PythonEvents.class);
        Database database = TestStores.open(place, clock)) {
      assertThat(all(database)).hasSize(30);
      assertThat(log.all()).isEmpty();
    }
  }

  @Test
  void copies_rows_that_came_later_at_the_next_start() throws Exception {
    PythonOriginal original = PythonOriginal.in(place);
    original.store(1, "message", "one", THEN);
    try (Database database = TestStores.open(place, clock)) {
      database.events().append(List.of(event("new")));
    }
    original.store(2, "message", "two", THEN + 10);

    try (Database database = TestStores.open(place, clock)) {
      assertThat(all(database))
          .extracting(found -> found.event().id())
          .containsExactly("python-0000000001", "new", "python-0000000002");
      assertThat(all(database).getLast().receivedTime()).isEqualTo("2026-01-01T12:00:00Z");
    }
  }

  @Test
  void goes_on_after_a_batch_that_did_not_happen_and_one_whose_answer_was_lost() throws Exception {
    PythonOriginal original = PythonOriginal.in(place);
    try (Database database = TestStores.open(place, clock)) {
      original.storeMany(1, 2_500, 9);
      FaultyConnections faulty = new FaultyConnections(database.connections());
      PythonEvents copying = new PythonEvents(faulty::writing, clock);

      faulty.failNextCommit();
      assertThatThrownBy(() -> copying.copy("the store"))
          .isInstanceOf(StoreOpeningException.class)
          .hasMessage(
              "the store: the copying of the Python message-relay's table events broke off"
                  + " (the connection broke before the commit); nothing is lost, the next start"
                  + " goes on");
      assertThat(all(database)).isEmpty();

      faulty.loseAnswerOfNextCommit();
      assertThatThrownBy(() -> copying.copy("the store")).isInstanceOf(StoreOpeningException.class);
      assertThat(all(database)).hasSize(1_000);

      copying.copy("the store");
      assertCopiedOnce(database, 2_500);
    }
  }

  @Test
  void copies_once_when_two_consumers_start_together() throws Exception {
    PythonOriginal.in(place).storeMany(1, 9_500, 9);
    try (ExecutorService both = Executors.newFixedThreadPool(2)) {
      Callable<Database> start = () -> TestStores.open(place, clock);
      List<Future<Database>> started = both.invokeAll(List.of(start, start));
      try (Database one = started.getFirst().get();
          Database other = started.getLast().get()) {
        assertCopiedOnce(one, 9_500);
        assertCopiedOnce(other, 9_500);
      }
    }
  }

  @Test
  void waits_for_a_writer_whose_id_is_older_than_one_that_is_there() throws Exception {
    PythonOriginal original = PythonOriginal.in(place);
    TestStores.open(place, clock).close();
    try (ExecutorService starter = Executors.newSingleThreadExecutor();
        Connection writer = place.connect()) {
      writer.setAutoCommit(false);
      PythonOriginal.store(writer, 1, "message", "late", THEN);
      original.store(2, "message", "early", THEN);

      Future<Database> started = starter.submit(() -> TestStores.open(place, clock));
      await().atMost(4, SECONDS).until(() -> somebodyWaitsForTheTable(writer));
      writer.commit();

      try (Database database = started.get()) {
        assertThat(all(database))
            .extracting(found -> found.event().payload().text())
            .containsExactly("late", "early");
      }
    }
  }

  private static boolean somebodyWaitsForTheTable(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet session = statement.executeQuery("SHOW PROCESSLIST")) {
      while (session.next()) {
        if ("LOCK TABLES events READ".equals(session.getString("Info"))
            && connection.getCatalog().equals(session.getString("db"))
            && session.getString("State").contains("lock")) {
          return true;
        }
      }
      return false;
    }
  }

  @Test
  void says_what_to_do_when_a_writer_does_not_end() throws Exception {
    PythonOriginal original = PythonOriginal.in(place);
    TestStores.open(place, clock).close();
    original.store(2, "message", "early", THEN);
    try (Connection writer = place.connect()) {
      writer.setAutoCommit(false);
      PythonOriginal.store(writer, 1, "message", "late", THEN);

      assertThatThrownBy(() -> new PythonEvents(this::impatient, clock).copy("the store"))
          .isInstanceOf(StoreOpeningException.class)
          .hasMessageStartingWith("the store: the Python message-relay's table events cannot be")
          .hasMessageContainingAll("Lock wait timeout", "stop what writes to it", "LOCK TABLES");
    }
  }

  private Connection impatient() throws SQLException {
    Connection connection = place.connect();
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET SESSION lock_wait_timeout = 1, innodb_lock_wait_timeout = 1");
    }
    return connection;
  }

  @Test
  void keeps_times_but_lets_none_go_back_or_lie_in_the_future() throws Exception {
    PythonOriginal original = PythonOriginal.in(place);
    original.store(1, "t", "p", THEN + 60);
    original.store(2, "t", "p", THEN);
    original.store(3, "t", "p", THEN + 61);
    original.store(4, "t", "p", clock.instant().getEpochSecond() + 3_600);

    try (Database database = TestStores.open(place, clock)) {
      assertThat(all(database))
          .extracting(StoredEvent::receivedTime)
          .containsExactly(
              Instant.ofEpochSecond(THEN + 60),
              Instant.ofEpochSecond(THEN + 60),
              Instant.ofEpochSecond(THEN + 61),
              clock.instant());
      assertThat(database.events().firstPositionSince(Instant.ofEpochSecond(THEN + 61)))
          .hasValue(3);
    }
  }

  @Test
  void lets_no_new_event_be_older_than_a_copied_one() throws Exception {
    PythonOriginal.in(place).store(1, "t", "p", THEN);
    TestStores.open(place, clock).close();
    clock.set("2020-01-01T00:00:00Z");

    try (Database database = TestStores.open(place, clock)) {
      database.events().append(List.of(event("new")));

      assertThat(all(database).getLast().receivedTime()).isEqualTo(Instant.ofEpochSecond(THEN));
    }
  }

  @Test
  void ends_a_batch_at_4_MiB() throws Exception {
    PythonOriginal original = PythonOriginal.in(place);
    try (Database database = TestStores.open(place, clock)) {
      original.storeMany(1, 150, 65_535);
      FaultyConnections faulty = new FaultyConnections(database.connections());
      faulty.loseAnswerOfNextCommit();
      assertThatThrownBy(() -> new PythonEvents(faulty::writing, clock).copy("the store"))
          .isInstanceOf(StoreOpeningException.class);

      assertThat(all(database)).hasSize(64);
    }
    try (Database database = TestStores.open(place, clock)) {
      assertCopiedOnce(database, 150);
    }
  }

  @Test
  void copies_a_hundred_thousand_rows() throws Exception {
    PythonOriginal.in(place).storeMany(1, 100_000, 40);

    try (LogLines log = new LogLines(PythonEvents.class);
        Database database = TestStores.open(place, clock)) {
      assertCopiedOnce(database, 100_000);
      assertThat(log.all())
          .containsExactly(
              "INFO copying the Python message-relay's events: ids up to 100000",
              "INFO copied 100000 of the Python message-relay's events; their table is as it was");
    }
  }

  @Test
  void gives_a_row_another_id_when_a_sender_has_used_its_own() throws Exception {
    PythonOriginal original = PythonOriginal.in(place);
    try (Database database = TestStores.open(place, clock)) {
      database.events().append(List.of(event("python-0000000001"), event("python-0000000003")));
    }
    original.store(1, "message", "hello", THEN);
    original.store(2, "message", "greetings", THEN);
    original.store(3, "order.created", "payload of python-0000000003", THEN);

    try (Database database = TestStores.open(place, clock)) {
      List<StoredEvent> events = all(database);
      assertThat(events).hasSize(4);
      assertThat(events.get(2).event().id()).matches("python-0000000001-[0-9a-f]{32}");
      assertThat(events.get(2).event().payload()).isEqualTo(Payload.ofString("hello"));
      assertThat(events.get(3).event().id()).isEqualTo("python-0000000002");
    }
    original.execute("UPDATE python_events_copied SET last_id = 0");
    try (Database database = TestStores.open(place, clock)) {
      assertThat(all(database)).hasSize(4);
    }
  }

  private static void assertCopiedOnce(Database database, int rows) throws StoreException {
    List<StoredEvent> events = all(database);
    assertThat(events).hasSize(rows);
    assertThat(new HashSet<>(events.stream().map(found -> found.event().id()).toList()))
        .hasSize(rows);
    for (int i = 1; i < rows; i++) {
      assertThat(events.get(i).position()).isEqualTo(i + 1);
      assertThat(events.get(i).receivedTime()).isAfterOrEqualTo(events.get(i - 1).receivedTime());
    }
  }

  private static List<StoredEvent> all(Database database) throws StoreException {
    List<StoredEvent> all = new ArrayList<>();
    List<StoredEvent> page = List.of();
    do {
      page =
          database.events().page(new Page(all.size() + 1, Long.MAX_VALUE, true, List.of(), 1_000));
      all.addAll(page);
    } while (!page.isEmpty());
    return all;
  }

  private static StoredEvent stored(
      long position, String id, String type, String payload, long seconds) {
    Event event = new Event(id, type, Payload.ofString(payload), null, null);
    return new StoredEvent(position, event, Instant.ofEpochSecond(seconds));
  }
}
