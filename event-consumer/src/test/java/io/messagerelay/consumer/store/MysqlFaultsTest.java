package io.messagerelay.consumer.store;

import static io.messagerelay.consumer.store.TestEvents.events;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.messagerelay.consumer.intake.IntakeResult;
import io.messagerelay.consumer.intake.IntakeResult.Committed;
import io.messagerelay.consumer.intake.IntakeResult.Outcome;
import io.messagerelay.consumer.intake.IntakeResult.Reason;
import io.messagerelay.contract.Event;
import io.messagerelay.servers.TestDatabase;
import io.messagerelay.servers.TestServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What can happen between a consumer and a server that itself is well. */
final class MysqlFaultsTest {
  private static final int DEADLOCK = 1213;

  private final TestDatabase place = TestServer.shared().newDatabase();
  private final FaultProxy proxy = FaultProxy.before(place.host(), place.port());
  private FaultedStore store;

  @BeforeEach
  void open() throws Exception {
    store = FaultedStore.open(place, proxy.port());
    store.stored(events("before", 0, 3));
  }

  @AfterEach
  void close() {
    store.close();
    proxy.close();
    place.close();
  }

  /** As on a busy machine, where one takes longer than a connection of the pool may. */
  @Test
  void a_start_goes_on_when_the_first_connection_of_its_pool_breaks() throws Exception {
    proxy.cutNextPing();
    try (FaultedStore another = FaultedStore.open(place, proxy.port())) {
      another.stored(events("another", 0, 3));
    }

    assertThat(proxy.harmDone()).isEqualTo(1);
  }

  @Test
  void a_commit_whose_answer_is_lost_is_looked_up_and_answered() throws Exception {
    proxy.loseAnswerOfNextCommit();
    store.stored(events("a", 0, 20));

    assertThat(proxy.harmDone()).isEqualTo(1);
    store.assertWell();
  }

  @Test
  void a_commit_that_cannot_be_looked_up_is_unknown_and_a_repeat_finds_it() throws Exception {
    proxy.loseAnswerOfNextCommitAndRefuse();
    assertThat(store.putOff(events("a", 0, 20))).isEqualTo(Reason.COMMIT_UNKNOWN);
    proxy.accepting();

    assertThat(afterwards(events("a", 0, 20)))
        .hasOnlyElementsOfType(Outcome.Duplicate.class)
        .hasSize(20);
    assertThat(proxy.harmDone()).isEqualTo(1);
    store.assertWell();
  }

  @Test
  void a_commit_that_did_not_arrive_is_tried_again() throws Exception {
    proxy.loseNextCommit();
    store.stored(events("a", 0, 20));

    assertThat(proxy.harmDone()).isEqualTo(1);
    store.assertWell();
  }

  @Test
  void a_connection_cut_in_the_middle_of_an_insert_is_replaced_and_the_group_tried_again()
      throws Exception {
    proxy.cutNextInsert();
    store.stored(events("a", 0, 200));

    assertThat(proxy.harmDone()).isEqualTo(1);
    store.assertWell();
  }

  @Test
  void a_server_that_refuses_connections_is_away_until_it_takes_them_again() throws Exception {
    proxy.refusing();
    assertThat(store.putOff(events("a", 0, 3))).isEqualTo(Reason.STORE_UNAVAILABLE);
    assertThat(store.events().canCommit()).isFalse();
    proxy.accepting();

    store.untilStored(events("a", 0, 3));
    store.assertWell();
  }

  @Test
  void a_transaction_that_loses_a_deadlock_stored_nothing() throws Exception {
    try (Rival rival = new Rival()) {
      Future<?> appending = rival.deadlockWith(() -> store.events().append(events("a", 0, 3)));

      assertThatThrownBy(appending::get)
          .cause()
          .isInstanceOfSatisfying(
              StoreException.class,
              lost -> assertThat(lost.kind()).isEqualTo(StoreException.Kind.UNAVAILABLE))
          .cause()
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(DEADLOCK));
    }
    store.untilStored(events("a", 0, 3));
    store.assertWell();
  }

  @Test
  void a_group_that_loses_a_deadlock_is_tried_again() throws Exception {
    try (Rival rival = new Rival()) {
      Future<IntakeResult> sending = rival.deadlockWith(() -> store.send(events("a", 0, 3)).get());
      rival.end();

      assertThat(sending.get()).isInstanceOf(Committed.class);
    }
    store.assertWell();
  }

  @Test
  void a_position_that_another_keeps_locked_puts_off_and_reading_goes_on() throws Exception {
    try (Rival rival = new Rival()) {
      rival.lockPosition();
      assertThat(store.putOff(events("a", 0, 3))).isEqualTo(Reason.STORE_UNAVAILABLE);
      assertThat(store.events().canCommit()).isFalse();
      assertThat(store.events().find("before-1")).isPresent();
    }
    store.untilStored(events("a", 0, 3));
    store.assertWell();
  }

  @Test
  void a_session_that_is_killed_while_it_waits_is_replaced_and_the_group_tried_again()
      throws Exception {
    try (Rival rival = new Rival()) {
      rival.lockPosition();
      CompletableFuture<IntakeResult> sending = store.send(events("a", 0, 3));
      await().until(() -> rival.kill(true) > 0);
      rival.end();

      assertThat(sending.get()).isInstanceOf(Committed.class);
    }
    store.assertWell();
  }

  @Test
  void sessions_that_are_killed_while_idle_are_replaced_and_no_sender_hears_of_it()
      throws Exception {
    try (Rival rival = new Rival()) {
      assertThat(rival.kill(false)).isPositive();
      store.stored(events("a", 0, 3));
    }
    store.assertWell();
  }

  private List<Outcome> afterwards(List<Event> request) {
    store.untilStored(request);
    return ((Committed) store.send(request).join()).outcomes();
  }

  /** A session of somebody else's, with a transaction. */
  private final class Rival implements AutoCloseable {
    private final Connection connection = place.connect();

    Rival() throws SQLException {
      connection.setAutoCommit(false);
    }

    void lockPosition() throws SQLException {
      execute("SELECT next FROM event_position WHERE one = 1 FOR UPDATE");
    }

    /**
     * Holds an event id and has changed many rows; once the other holds the position and waits for
     * the id, wants the position. The server ends the transaction that changed less.
     */
    <T> Future<T> deadlockWith(Callable<T> other) throws Exception {
      insertHeavily();
      FutureTask<T> running = new FutureTask<>(other);
      Thread.ofVirtual().start(running);
      await().atMost(20, TimeUnit.SECONDS).until(this::positionIsLocked);
      lockPosition();
      return running;
    }

    private void insertHeavily() throws SQLException {
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO event (id, event_id, type, payload, payload_kind, digest,"
                  + " received_time) VALUES (?, ?, 't', 'p', 0, 'd', 0)")) {
        for (int i = 0; i < 500; i++) {
          insert.setLong(1, 1_000_000 + i);
          insert.setString(2, i == 0 ? "a-1" : "heavy-" + i);
          insert.addBatch();
        }
        insert.executeBatch();
      }
    }

    private boolean positionIsLocked() throws SQLException {
      try (Connection third = place.connect();
          Statement statement = third.createStatement()) {
        statement.executeQuery("SELECT next FROM event_position WHERE one = 1 FOR UPDATE NOWAIT");
        return false;
      } catch (SQLException e) {
        return true;
      }
    }

    /** Ends the consumer's sessions that are busy, or those that are not; returns how many. */
    int kill(boolean busy) throws SQLException {
      List<Long> ids = new ArrayList<>();
      try (Statement statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery(
                  "SELECT id, info IS NOT NULL FROM information_schema.processlist"
                      + " WHERE db = DATABASE() AND id <> CONNECTION_ID()")) {
        while (rows.next()) {
          if (rows.getBoolean(2) == busy) {
            ids.add(rows.getLong(1));
          }
        }
      }
      for (long id : ids) {
        execute("KILL CONNECTION " + id);
      }
      return ids.size();
    }

    private void execute(String sql) throws SQLException {
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }

    void end() throws SQLException {
      connection.rollback();
    }

    @Override
    public void close() throws SQLException {
      end();
      connection.close();
    }
  }
}
