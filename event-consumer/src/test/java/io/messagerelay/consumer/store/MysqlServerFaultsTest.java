package io.messagerelay.consumer.store;

import static io.messagerelay.consumer.store.TestEvents.events;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.messagerelay.consumer.intake.IntakeResult;
import io.messagerelay.consumer.intake.IntakeResult.Reason;
import io.messagerelay.servers.TestDatabase;
import io.messagerelay.servers.TestServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What can happen to a server: each of it once, while a consumer uses it. */
final class MysqlServerFaultsTest {
  private static final int CONNECTIONS = 20;
  private static final int TOO_MANY_CONNECTIONS = 1040;

  private static TestServer server;

  private TestDatabase place;
  private FaultedStore store;

  @BeforeAll
  static void startServer() {
    server = TestServer.own("--max-connections=" + CONNECTIONS);
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void open() throws Exception {
    place = server.newDatabase();
    store = FaultedStore.open(place);
    store.stored(events("before", 0, 3));
  }

  @AfterEach
  void close() {
    store.close();
    place.close();
  }

  @Test
  void nobody_waits_for_a_server_that_is_frozen() throws Exception {
    server.freeze();
    try {
      assertThat(store.putOff(events("a", 0, 3))).isEqualTo(Reason.COMMIT_UNKNOWN);
      assertThat(store.putOff(events("b", 0, 3))).isEqualTo(Reason.STORE_UNAVAILABLE);
      assertEverythingFailsSoon();
    } finally {
      server.thaw();
    }
    store.untilStored(events("a", 0, 3));
    store.untilStored(events("b", 0, 3));
    store.assertWell();
  }

  @Test
  void more_readers_than_connections_fail_soon_while_the_server_is_frozen() throws Exception {
    server.freeze();
    try {
      List<CompletableFuture<Void>> readers =
          IntStream.range(0, 40)
              .mapToObj(_ -> CompletableFuture.runAsync(this::assertReadingFailsSoon, onThread()))
              .toList();
      for (CompletableFuture<Void> reader : readers) {
        reader.get(30, TimeUnit.SECONDS);
      }
    } finally {
      server.thaw();
    }
    store.assertWell();
  }

  @Test
  void a_server_that_is_killed_is_used_again_when_it_is_back() throws Exception {
    server.kill();
    try {
      assertThat(store.putOff(events("a", 0, 3))).isEqualTo(Reason.STORE_UNAVAILABLE);
      assertEverythingFailsSoon();
    } finally {
      server.start();
    }
    store.untilStored(events("a", 0, 3));
    store.assertWell();
  }

  @Test
  void what_was_under_way_when_the_server_was_killed_is_stored_once() throws Exception {
    List<CompletableFuture<IntakeResult>> underWay =
        IntStream.range(0, 100).mapToObj(i -> store.send(events("a" + i, 0, 50))).toList();
    try {
      CompletableFuture.anyOf(underWay.toArray(CompletableFuture[]::new)).get();
      server.kill();
      for (CompletableFuture<IntakeResult> request : underWay) {
        assertThat(request.get()).isNotNull();
      }
    } finally {
      server.start();
    }
    IntStream.range(0, 100).forEach(i -> store.untilStored(events("a" + i, 0, 50)));
    store.assertWell();
  }

  @Test
  void a_server_that_is_read_only_is_read_and_written_again_when_it_may_be() throws Exception {
    server.administer("SET GLOBAL read_only = 1");
    try {
      assertThat(store.putOff(events("a", 0, 3))).isEqualTo(Reason.STORE_UNAVAILABLE);
      assertThat(store.events().canCommit()).isFalse();
      assertThat(store.events().find("before-1")).isPresent();
      assertFailsSoon(this::renewToken);
    } finally {
      server.administer("SET GLOBAL read_only = 0");
    }
    store.untilStored(events("a", 0, 3));
    store.assertWell();
  }

  @Test
  void a_server_without_a_free_connection_is_away_until_it_has_one() throws Exception {
    List<Connection> taken = new ArrayList<>();
    try {
      await().atMost(Duration.ofSeconds(60)).until(() -> takeAll(taken));
      assertThat(store.putOff(events("a", 0, 3))).isEqualTo(Reason.STORE_UNAVAILABLE);
      assertEverythingFailsSoon();
    } finally {
      for (Connection connection : taken) {
        connection.close();
      }
    }
    store.untilStored(events("a", 0, 3));
    store.assertWell();
  }

  /** Takes what is free and ends the consumer's sessions, which want them too. */
  private boolean takeAll(List<Connection> taken) throws SQLException {
    try {
      while (taken.size() < CONNECTIONS) {
        taken.add(place.connect());
      }
      return true;
    } catch (SQLException e) {
      assertThat(e.getErrorCode()).as(e.getMessage()).isEqualTo(TOO_MANY_CONNECTIONS);
      killAllBut(taken);
      return false;
    }
  }

  private static void killAllBut(List<Connection> taken) throws SQLException {
    Set<Long> kept = new HashSet<>();
    for (Connection connection : taken) {
      kept.addAll(ids(connection, "SELECT CONNECTION_ID()"));
    }
    Connection first = taken.getFirst();
    for (long id : ids(first, "SELECT id FROM information_schema.processlist")) {
      if (!kept.contains(id)) {
        try (Statement statement = first.createStatement()) {
          statement.execute("KILL CONNECTION " + id);
        } catch (SQLException e) {
          // It ended by itself.
        }
      }
    }
  }

  private static List<Long> ids(Connection connection, String sql) throws SQLException {
    List<Long> ids = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        ids.add(rows.getLong(1));
      }
    }
    return ids;
  }

  private void assertEverythingFailsSoon() {
    long begin = System.nanoTime();
    assertThat(store.events().canCommit()).isFalse();
    assertSoon(begin);
    assertReadingFailsSoon();
    assertFailsSoon(() -> store.events().page(new Page(1, Long.MAX_VALUE, true, List.of(), 10)));
    assertFailsSoon(this::renewToken);
  }

  private void assertReadingFailsSoon() {
    assertFailsSoon(() -> store.events().find("before-1"));
  }

  private void renewToken() throws StoreException {
    byte[] old = "0123456789abcdef0123456789abcdef".getBytes(US_ASCII);
    byte[] successor = "fedcba9876543210fedcba9876543210".getBytes(US_ASCII);
    Instant now = Instant.parse("2026-01-01T12:00:00Z");
    store.refreshTokens().rotate(old, successor, now, now.plusSeconds(60));
  }

  private static void assertFailsSoon(ThrowingCallable call) {
    long begin = System.nanoTime();
    assertThatThrownBy(call).isInstanceOf(StoreException.class);
    assertSoon(begin);
  }

  private static void assertSoon(long begin) {
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(FaultedStore.SOON);
  }

  private static Executor onThread() {
    return task -> Thread.ofPlatform().daemon().start(task);
  }
}
