package io.messagerelay.consumer.store;

import static io.messagerelay.consumer.store.TestEvents.event;
import static io.messagerelay.consumer.store.TestEvents.events;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.messagerelay.consumer.store.EventStore.Appended.Stored;
import io.messagerelay.consumer.store.SqliteBackup.Made;
import io.messagerelay.consumer.store.SqliteBackup.Restored;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Backing the embedded store up beside a consumer, and putting a backup back. */
final class SqliteBackupTest {
  private static final CopyProgress UNHEARD = (_, _) -> {};
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  private final ManualClock clock = ManualClock.at("2026-01-01T12:00:00Z");
  @TempDir Path folder;
  private Path file;
  private Path backup;

  @BeforeEach
  void name() {
    file = folder.resolve("store.db");
    backup = folder.resolve("backup.db");
  }

  private Database open() throws Exception {
    return SqliteStore.open(file, clock);
  }

  private Made backUp() throws Exception {
    return SqliteBackup.backUp(file, backup, UNHEARD);
  }

  private Restored restore(boolean replace) throws Exception {
    return SqliteBackup.restore(backup, file, replace, UNHEARD);
  }

  private void storeEvents() throws Exception {
    try (Database database = open()) {
      database.events().append(events("a", 0, 250));
    }
  }

  private static void execute(Path file, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(each -> each.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void a_backup_is_one_file_for_its_owner_with_all_that_was_stored() throws Exception {
    try (Database database = open()) {
      database.events().append(events("a", 0, 250));

      Made made = backUp();

      assertThat(made.storeId()).isEqualTo(database.events().storeId());
      assertThat(made.holds().events()).isEqualTo(250);
      assertThat(made.holds().lastReceived()).contains(NOW);
      assertThat(made.holds().bytes()).hasValue(Files.size(backup));
      assertThat(database.events().append(List.of(event("b")))).containsExactly(new Stored(251));
    }
    assertThat(names()).containsExactly("backup.db", "store.db", "store.db.lock");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup)))
        .isEqualTo("rw-------");
  }

  @Test
  void backups_beside_a_writer_are_states_of_one_moment_and_hold_it_up_nowhere() throws Exception {
    int groups = 400;
    try (Database database = open()) {
      var answered = new AtomicInteger();
      Thread writer =
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int i = 0; i < groups; i++) {
                      append(database, i);
                      answered.incrementAndGet();
                    }
                  });
      for (int i = 0; i == 0 || writer.isAlive(); i++) {
        int before = answered.get();
        Made made = SqliteBackup.backUp(file, folder.resolve("b" + i), UNHEARD);
        assertThat(made.holds().events()).isGreaterThanOrEqualTo(before * 5L);
        assertThat(made.holds().events() % 5).as("whole groups").isZero();
      }
      writer.join();
      assertThat(answered).hasValue(groups);
    }
  }

  private static void append(Database database, int group) {
    try {
      database.events().append(events("g" + group, 0, 5));
    } catch (StoreException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void a_file_that_is_there_is_not_overwritten() throws Exception {
    storeEvents();
    Files.writeString(backup, "yesterday's");

    assertThatThrownBy(this::backUp).isInstanceOf(FileAlreadyExistsException.class);
    assertThat(backup).hasContent("yesterday's");
  }

  @Test
  void nothing_has_the_name_before_the_copy_is_whole_and_nothing_is_left_of_one_that_failed()
      throws Exception {
    storeEvents();

    assertThatThrownBy(
            () ->
                SqliteBackup.backUp(
                    file,
                    backup,
                    (_, _) -> {
                      assertThat(backup).doesNotExist();
                      assertThat(folder.toFile().list())
                          .anyMatch(name -> name.matches("backup.db\\.\\d+\\.part"));
                      throw new IllegalStateException("as by a signal");
                    }))
        .hasMessage("as by a signal");
    assertThat(names()).containsExactly("store.db", "store.db.lock");
  }

  @Test
  void a_damaged_store_leaves_no_backup() throws Exception {
    storeEvents();
    try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(bytes.length() / 2);
      bytes.write(new byte[16 * 1024]);
    }

    assertThatThrownBy(this::backUp)
        .isInstanceOf(StoreOpeningException.class)
        .hasMessageMatching("(?s).*(malformed|damaged).*");
    assertThat(backup).doesNotExist();
    assertThat(names()).noneMatch(name -> name.endsWith(".part"));
  }

  @ParameterizedTest
  @CsvSource({
    "PRAGMA application_id = 1297240912, : is a spool of event-propagator and no store",
    "DROP TABLE store_identity, : is no store of event-consumer",
    "UPDATE flyway_schema_history SET checksum = 1 WHERE installed_rank = 2, : its tables are those of another program",
    "'INSERT INTO flyway_schema_history VALUES (99, ''99'', ''later'', ''SQL'', ''V99__later.sql'', 1, ''me'', 0, 0, 1)', : its schema is one that this program does not know; run the newer event-consumer"
  })
  void a_wrong_file_is_refused_and_changes_nothing(String sql, String why) throws Exception {
    storeEvents();
    Files.move(file, backup);
    execute(backup, sql);
    String told = backup + why.replace("propagator and", "propagator, and");

    assertThatThrownBy(() -> restore(false))
        .isInstanceOf(StoreOpeningException.class)
        .hasMessage(told);
    assertThatThrownBy(() -> SqliteBackup.backUp(backup, folder.resolve("x"), UNHEARD))
        .isInstanceOf(StoreOpeningException.class)
        .hasMessage("STORE_FILE " + told);
    assertThat(names()).containsExactly("backup.db", "store.db.lock");
  }

  @Test
  void what_is_no_database_and_what_is_not_there_are_told_apart() throws Exception {
    assertThatThrownBy(() -> restore(false)).hasMessage(backup + ": there is no such file");
    assertThatThrownBy(this::backUp)
        .hasMessage("STORE_FILE " + file + ": there is no store yet; event-consumer run makes one");
    assertThatThrownBy(() -> SqliteBackup.restore(folder, file, true, UNHEARD))
        .hasMessage(folder + ": is a folder");
    Files.writeString(backup, "a letter, longer than the header of a database. ".repeat(9));
    assertThatThrownBy(() -> restore(false))
        .isInstanceOf(StoreOpeningException.class)
        .hasMessage(backup + ": is no store of event-consumer");
    assertThat(file).doesNotExist();
  }

  @Test
  void a_restored_store_is_another_store_with_the_same_events_and_without_refresh_tokens()
      throws Exception {
    String before;
    try (Database database = open()) {
      before = database.events().storeId();
      database.events().append(events("a", 0, 3));
      database.refreshTokens().begin(new byte[32], "anna", "s", NOW, NOW.plusSeconds(60));
      backUp();
      database.events().append(events("b", 0, 3));
    }
    byte[] made = Files.readAllBytes(backup);

    Restored restored = restore(true);

    assertThat(restored.holds().events()).isEqualTo(3);
    assertThat(restored.aside()).contains(folder.resolve("store.db.1"));
    assertThat(backup).hasBinaryContent(made);
    try (Database database = open()) {
      assertThat(database.events().storeId()).isEqualTo(restored.storeId()).isNotEqualTo(before);
      assertThat(database.events().append(List.of(event("c")))).containsExactly(new Stored(4));
      assertThat(
              database.refreshTokens().rotate(new byte[32], new byte[31], NOW, NOW.plusSeconds(60)))
          .isEqualTo(new RefreshTokenStore.Rotation.Unknown());
    }
    try (Database database = SqliteStore.open(folder.resolve("store.db.1"), clock)) {
      assertThat(database.events().storeId()).isEqualTo(before);
      assertThat(database.events().find("b-2")).isPresent();
    }
  }

  @Test
  void a_store_that_is_there_is_refused_and_so_is_the_log_of_one_that_was_removed()
      throws Exception {
    storeEvents();
    backUp();
    assertThatThrownBy(() -> restore(false)).isInstanceOf(FileAlreadyExistsException.class);

    Files.delete(file);
    Path log = folder.resolve("store.db-wal");
    Files.writeString(log, "of the store that was removed");
    assertThatThrownBy(() -> restore(false)).isInstanceOf(FileAlreadyExistsException.class);

    restore(true);
    assertThat(log).doesNotExist();
    assertThat(folder.resolve("store.db.1-wal")).hasContent("of the store that was removed");
    try (Database database = open()) {
      assertThat(database.events().find("a-249")).isPresent();
    }
  }

  @Test
  void a_backup_that_is_put_in_place_by_hand_becomes_another_store_once() throws Exception {
    storeEvents();
    String before = backUp().storeId();
    Files.copy(backup, folder.resolve("hand.db"));
    file = folder.resolve("hand.db");

    String first;
    try (Database database = open()) {
      first = database.events().storeId();
    }
    try (Database database = open()) {
      assertThat(database.events().storeId()).isEqualTo(first).isNotEqualTo(before);
    }
  }

  @Test
  void a_copy_with_its_log_is_restored_with_what_is_in_that() throws Exception {
    try (Database database = open()) {
      database.events().append(events("a", 0, 3));
      Files.copy(file, backup);
      Files.copy(folder.resolve("store.db-wal"), folder.resolve("backup.db-wal"));
    }

    assertThat(restore(true).holds().events()).isEqualTo(3);
  }

  @Test
  void a_store_of_an_earlier_version_is_backed_up_and_restored_as_it_is() throws Exception {
    storeEvents();
    execute(file, "DROP TABLE refusal");
    execute(file, "DELETE FROM flyway_schema_history WHERE version = '5'");

    backUp();
    restore(true);

    try (Database database = open()) {
      assertThat(database.events().find("a-249")).isPresent();
    }
  }

  @Test
  void a_store_gets_a_new_name_when_it_is_asked_for() throws Exception {
    storeEvents();
    String before = backUp().storeId();

    String renewed = SqliteBackup.renew(file);

    try (Database database = open()) {
      assertThat(database.events().storeId()).isEqualTo(renewed).isNotEqualTo(before);
    }
    assertThatThrownBy(() -> SqliteBackup.renew(folder.resolve("none.db")))
        .isInstanceOf(StoreOpeningException.class)
        .hasMessageContaining("there is no store yet");
  }

  @Test
  void the_store_itself_is_no_backup_of_it() throws Exception {
    storeEvents();
    backup = file;
    assertThatThrownBy(() -> restore(true))
        .hasMessage(file + ": is the store itself; name a backup of it");
  }
}
