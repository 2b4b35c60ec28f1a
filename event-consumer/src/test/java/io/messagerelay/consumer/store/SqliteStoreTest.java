package io.messagerelay.consumer.store;

import static io.messagerelay.consumer.store.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.messagerelay.consumer.store.EventStore.Appended.Duplicate;
import io.messagerelay.consumer.store.EventStore.Appended.Stored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opening the embedded store, well and badly. */
final class SqliteStoreTest {
  private final ManualClock clock = ManualClock.at("2026-01-01T12:00:00Z");
  @TempDir Path folder;

  @Test
  void makes_what_is_missing_for_its_owner_alone() throws Exception {
    Path made = folder.resolve("var/deep");
    Path file = made.resolve("store.db");

    try (Database database = SqliteStore.open(file, clock)) {
      database.events().append(List.of(event("a")));

      assertThat(mode(made)).isEqualTo("rwx------");
      assertThat(mode(file)).isEqualTo("rw-------");
      assertThat(mode(made.resolve("store.db-wal"))).isEqualTo("rw-------");
      assertThat(database.logBytes()).isPositive();
    }
  }

  @Test
  void goes_on_with_what_is_there() throws Exception {
    String storeId;
    try (Database database = open()) {
      storeId = database.events().storeId();
      database.events().append(List.of(event("a"), event("b")));
    }

    try (Database database = open()) {
      assertThat(database.events().storeId()).isEqualTo(storeId);
      assertThat(database.events().append(List.of(event("b"), event("c"))))
          .containsExactly(new Duplicate(2), new Stored(3));
    }
  }

  @Test
  void gives_every_store_its_own_name() throws Exception {
    try (Database one = open();
        Database other = SqliteStore.open(folder.resolve("other.db"), clock)) {
      assertThat(one.events().storeId()).isNotEqualTo(other.events().storeId());
    }
  }

  @Test
  void commits_to_the_disk_and_trusts_no_schema() throws Exception {
    try (Database database = open();
        Connection connection = database.connections().writing()) {
      assertThat(pragma(connection, "journal_mode")).isEqualTo("wal");
      assertThat(pragma(connection, "synchronous")).isEqualTo("2"); // FULL
      assertThat(pragma(connection, "trusted_schema")).isEqualTo("0");
      assertThat(pragma(connection, "foreign_keys")).isEqualTo("1");
      assertThat(pragma(connection, "busy_timeout")).isEqualTo("1000");
      assertThat(pragma(connection, "journal_size_limit")).isEqualTo("67108864");
    }
  }

  @Test
  void cannot_write_over_the_connections_that_read() throws Exception {
    try (Database database = open();
        Connection connection = database.connections().reading();
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute("DELETE FROM event"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("READONLY");
    }
  }

  @Test
  void lets_two_consumers_share_the_file() throws Exception {
    try (Database one = open();
        Database two = open()) {
      assertThat(one.events().append(List.of(event("a")))).containsExactly(new Stored(1));
      assertThat(two.events().append(List.of(event("a"), event("b"))))
          .containsExactly(new Duplicate(1), new Stored(2));
      assertThat(one.events().find("b")).isPresent();
    }
  }

  @Test
  void refuses_a_file_that_is_no_database() throws Exception {
    Path file = folder.resolve("store.db");
    Files.writeString(
        file, "a letter to a friend, longer than the header of a database file. ".repeat(9));

    assertThatThrownBy(this::open)
        .isInstanceOf(StoreOpeningException.class)
        .hasMessage(
            "STORE_FILE "
                + file
                + ": is not a SQLite database; move it away or choose another STORE_FILE");
    assertThat(Files.readString(file)).startsWith("a letter");
  }

  @Test
  void refuses_a_database_of_another_program() throws Exception {
    change("CREATE TABLE album (title TEXT)");

    assertRefused("its tables are not ours", "choose another");
  }

  @Test
  void knows_the_history_that_a_migration_leaves() throws Exception {
    open().close();
    try (Connection connection = connect()) {
      assertThat(Schema.history(connection)).isEqualTo(Migrations.SQLITE.history());
    }
  }

  @Test
  void refuses_a_store_of_a_newer_version() throws Exception {
    open().close();
    change(
        "INSERT INTO flyway_schema_history SELECT 9, '7', 'new', type, 'V7__new.sql', checksum,"
            + " installed_by, installed_on, execution_time, 1 FROM flyway_schema_history"
            + " WHERE version = '1'");

    assertRefused("its schema is version 7", "run the newer event-consumer");
  }

  @Test
  void refuses_a_store_whose_tables_were_made_by_another_migration() throws Exception {
    open().close();
    change("UPDATE flyway_schema_history SET checksum = 1 WHERE version = '1'");

    assertRefused("choose another");
  }

  @Test
  void refuses_a_folder_that_cannot_be_made() throws Exception {
    Files.createFile(folder.resolve("file"));
    Path file = folder.resolve("file/store.db");

    assertThatThrownBy(() -> SqliteStore.open(file, clock))
        .isInstanceOf(StoreOpeningException.class)
        .hasMessageStartingWith("STORE_FILE " + file + ": ")
        .hasMessageContaining("is in the way; choose another");
  }

  @Test
  void refuses_a_folder_that_cannot_be_written() {
    Path file = Path.of("/proc/message-relay/store.db");

    assertThatThrownBy(() -> SqliteStore.open(file, clock))
        .isInstanceOf(StoreOpeningException.class)
        .hasMessageStartingWith("STORE_FILE " + file + ": cannot be created")
        .hasMessageContaining("make its folder writable");
  }

  @Test
  void refuses_a_folder_in_the_place_of_the_file() throws Exception {
    Files.createDirectory(folder.resolve("store.db"));

    assertRefused("is a folder", "choose another STORE_FILE");
    assertThatThrownBy(() -> SqliteStore.open(Path.of("/"), clock))
        .hasMessage("STORE_FILE /: is a folder; choose another STORE_FILE");
  }

  @Test
  void refuses_a_file_that_another_program_holds() throws Exception {
    open().close();
    try (Connection other = connect();
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN EXCLUSIVE");

      assertRefused("cannot be used", "locked");
    }
  }

  private void assertRefused(String... parts) {
    assertThatThrownBy(this::open)
        .isInstanceOf(StoreOpeningException.class)
        .hasMessageStartingWith("STORE_FILE " + folder.resolve("store.db") + ": ")
        .hasMessageContainingAll(parts)
        .hasMessageNotContaining("\n");
  }

  private Database open() throws StoreOpeningException {
    return SqliteStore.open(folder.resolve("store.db"), clock);
  }

  private void change(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("store.db"));
  }

  private static String pragma(Connection connection, String name) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet value = statement.executeQuery("PRAGMA " + name)) {
      value.next();
      return value.getString(1);
    }
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
