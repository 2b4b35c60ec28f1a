package io.messagerelay.consumer.store;

import static io.messagerelay.consumer.store.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.messagerelay.servers.TestDatabase;
import io.messagerelay.servers.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an onlooker finds in a store, and that it leaves no trace. */
final class StoreStatusTest {
  private final ManualClock clock = ManualClock.at("2026-01-01T12:00:00Z");
  @TempDir Path folder;

  private Path file() {
    return folder.resolve("store.db");
  }

  @Test
  void is_told_beside_the_service_and_after_it() throws Exception {
    try (Database database = SqliteStore.open(file(), clock)) {
      assertThat(SqliteStore.look(file()).events()).isZero();
      assertThat(SqliteStore.look(file()).lastReceived()).isEmpty();
      database.events().append(List.of(event("a"), event("b")));
      Set<String> files = files();

      StoreStatus status = SqliteStore.look(file());
      assertThat(status.events()).isEqualTo(2);
      assertThat(status.lastReceived()).contains(clock.instant());
      assertThat(status.bytes().orElseThrow()).isGreaterThan(Files.size(file()));
      assertThat(files()).isEqualTo(files);
    }
    Set<String> files = files();

    assertThat(SqliteStore.look(file()).events()).isEqualTo(2);
    assertThat(files()).as("nothing was made beside the closed store").isEqualTo(files);
  }

  @Test
  void is_told_of_a_database_on_a_server() throws Exception {
    try (TestDatabase place = TestServer.shared().newDatabase()) {
      assertThatThrownBy(() -> MysqlStore.look(TestStores.options(place)))
          .isInstanceOf(StoreOpeningException.class)
          .hasMessage(
              "%s: there is no store yet; event-consumer run makes one", TestStores.options(place));
      try (Database database = TestStores.open(place, clock)) {
        assertThat(MysqlStore.look(TestStores.options(place)).events()).isZero();
        database.events().append(List.of(event("a"), event("b")));
      }

      StoreStatus status = MysqlStore.look(TestStores.options(place));
      assertThat(status.events()).isEqualTo(2);
      assertThat(status.lastReceived()).contains(clock.instant());
      assertThat(status.bytes()).isEmpty();
    }
  }

  @Test
  void what_retention_removed_is_not_counted() throws Exception {
    try (Database database = SqliteStore.open(file(), clock)) {
      database.events().append(List.of(event("a"), event("b"), event("c")));
      Turn turn = new Turn("test", clock.instant(), clock.instant().plusSeconds(60));
      database.retention().remove(turn, List.of(1L, 3L));

      assertThat(SqliteStore.look(file()).events()).isEqualTo(1);
      database.retention().remove(turn, List.of(2L));
      assertThat(SqliteStore.look(file()).events()).isZero();
    }
  }

  @Test
  void nothing_yet_is_said_and_stays_nothing() throws IOException {
    assertRefused(folder.resolve("missing/store.db"), "there is no store yet");
    assertThat(files()).isEmpty();
    Files.createFile(file());

    assertRefused(file(), "there is no store yet");
  }

  @Test
  void what_is_no_store_is_refused_and_left_alone() throws IOException {
    String text = "no database, just a text\n".repeat(100);
    Files.writeString(file(), text);

    assertRefused(file(), "is not a SQLite database");
    assertThat(file()).hasContent(text);
    assertRefused(folder, "cannot be used");
  }

  private static void assertRefused(Path file, String why) {
    assertThatThrownBy(() -> SqliteStore.look(file))
        .isInstanceOf(StoreOpeningException.class)
        .hasMessageStartingWith("STORE_FILE " + file + ": " + why);
  }

  private Set<String> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }
}
