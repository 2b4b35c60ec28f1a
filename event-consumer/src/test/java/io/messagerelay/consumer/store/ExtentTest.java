package io.messagerelay.consumer.store;

import static io.messagerelay.consumer.store.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.messagerelay.servers.TestDatabase;
import io.messagerelay.servers.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How large a store says it is. */
final class ExtentTest {
  /** With payloads of 1,000 characters. */
  private static final int EVENTS = 3_000;

  @TempDir Path folder;

  private static void fill(Database database) throws Exception {
    String payload = "x".repeat(1_000);
    for (int from = 0; from < EVENTS; from += 500) {
      database
          .events()
          .append(
              IntStream.range(from, from + 500)
                  .mapToObj(i -> event("e" + i, "t", payload))
                  .toList());
    }
  }

  @Test
  void an_embedded_store_is_as_large_as_its_file() throws Exception {
    Path file = folder.resolve("store.db");
    try (Database database = SqliteStore.open(file, Clock.systemUTC())) {
      fill(database);

      assertThat(database.bytes()).isEqualTo(Files.size(file)).isPositive();
      assertThat(database.logBytes()).isEqualTo(Files.size(folder.resolve("store.db-wal")));
    }
  }

  /** The server counts again by itself, a moment after a table has grown by a tenth. */
  @Test
  void a_database_says_how_large_the_table_of_events_is_as_it_grows() throws Exception {
    try (TestDatabase place = TestServer.shared().newDatabase();
        Database database = TestStores.open(place, Clock.systemUTC())) {
      long empty = database.bytes();
      assertThat(empty).isPositive();
      fill(database);

      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(() -> assertThat(database.bytes()).isGreaterThan(empty + EVENTS * 500L));
      assertThat(database.bytes()).isLessThan(EVENTS * 20_000L);
      assertThat(database.logBytes()).isZero();
    }
  }

  @Test
  void a_database_that_is_away_is_not_measured() throws Exception {
    try (TestDatabase place = TestServer.shared().newDatabase();
        FaultProxy proxy = FaultProxy.before(place.host(), place.port());
        FaultedStore store = FaultedStore.open(place, proxy.port())) {
      proxy.refusing();

      assertThatThrownBy(store::bytes)
          .isInstanceOf(StoreException.class)
          .hasMessageStartingWith("cannot ask for the size of the store: ");
    }
  }
}
