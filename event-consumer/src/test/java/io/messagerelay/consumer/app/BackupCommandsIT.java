package io.messagerelay.consumer.app;

import static io.messagerelay.consumer.app.RunningConsumer.freePort;
import static io.messagerelay.consumer.app.RunningConsumer.goodSettings;
import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.base.ExitCodes;
import io.messagerelay.consumer.app.RunningConsumer.Ended;
import io.messagerelay.consumer.store.ManualClock;
import io.messagerelay.consumer.store.SqliteStore;
import io.messagerelay.consumer.store.TestEvents;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code event-consumer backup}, {@code restore} and {@code new-identity} as a user types them. */
class BackupCommandsIT {
  @TempDir private Path folder;

  @BeforeEach
  void store() throws Exception {
    ManualClock clock = ManualClock.at("2026-01-01T12:00:00Z");
    try (var database = SqliteStore.open(folder.resolve("var/store.db"), clock)) {
      database.events().append(TestEvents.events("a", 0, 250));
    }
  }

  private Ended run(int exitCode, Map<String, String> settings, String... arguments) {
    Map<String, String> all = goodSettings(freePort());
    all.putAll(settings);
    Ended ended = RunningConsumer.run(folder, all, arguments);
    assertThat(ended.exitCode()).as(ended.output()).isEqualTo(exitCode);
    return ended;
  }

  private Ended run(int exitCode, String... arguments) {
    return run(exitCode, Map.of(), arguments);
  }

  @Test
  void a_backup_is_made_once_and_put_back_when_it_may_be() {
    assertThat(run(ExitCodes.OK, "backup", "b.db").output())
        .matches("backed up 250 events: [\\d.]+ KiB; the copy is sound\\R");
    assertThat(run(ExitCodes.FAILED, "backup", "b.db").output())
        .isEqualToIgnoringNewLines("b.db: is there already; name another file, or remove it");
    assertThat(run(ExitCodes.OK, "backup", "--json", "c.db").output())
        .matches(
            "\\{\"file\":\"c.db\",\"store_id\":\"[0-9a-f]{32}\",\"events\":250,"
                + "\"last_received\":\"2026-01-01T12:00:00Z\",\"bytes\":\\d+}\\R");

    assertThat(run(ExitCodes.FAILED, "restore", "b.db").output())
        .isEqualToIgnoringNewLines(
            "STORE_FILE var/store.db: is there already; --force puts it aside");
    assertThat(run(ExitCodes.OK, "restore", "--force", "b.db").output().lines())
        .containsExactly(
            "restored 250 events to var/store.db; cursors and refresh tokens of before are refused",
            "what was there is var/store.db.1");
    assertThat(run(ExitCodes.OK, "restore", "--json", "--force", "b.db").output())
        .contains("\"store\":\"var/store.db\"", "\"events\":250", "\"aside\":\"var/store.db.2\"");
    assertThat(run(ExitCodes.OK, Map.of("STORE_FILE", "new/s.db"), "restore", "b.db").output())
        .startsWith("restored 250 events to new/s.db;");
  }

  @Test
  void a_store_that_a_service_has_open_is_backed_up_and_neither_replaced_nor_renamed()
      throws Exception {
    Path other = Files.createDirectory(folder.resolve("other"));
    String store = folder.resolve("var/store.db").toString();
    Map<String, String> same = Map.of("STORE_FILE", store);
    try (var consumer = RunningConsumer.start(other, same)) {
      assertThat(consumer.get("/ready").statusCode()).isEqualTo(200);
      run(ExitCodes.OK, "backup", "b.db");
      String inUse =
          "STORE_FILE var/store.db: another process has it open; stop event-consumer first";
      assertThat(run(ExitCodes.TRY_AGAIN, "restore", "--force", "b.db").output())
          .isEqualToIgnoringNewLines(inUse);
      assertThat(run(ExitCodes.TRY_AGAIN, "new-identity").output())
          .isEqualToIgnoringNewLines(inUse);
      assertThat(consumer.get("/ready").statusCode()).isEqualTo(200);
    }
    assertThat(run(ExitCodes.OK, "new-identity").output())
        .matches(
            "var/store.db is the store [0-9a-f]{32} now; cursors and refresh tokens of before are"
                + " refused\\R");
  }

  @Test
  void wrong_files_are_refused() throws Exception {
    Files.writeString(folder.resolve("letter"), "to a friend. ".repeat(99));
    assertThat(run(ExitCodes.UNAVAILABLE, "restore", "--force", "letter").output())
        .isEqualToIgnoringNewLines("letter: is no store of event-consumer");
    assertThat(run(ExitCodes.UNAVAILABLE, "restore", "none").output())
        .isEqualToIgnoringNewLines("none: there is no such file");
    assertThat(run(ExitCodes.UNAVAILABLE, "backup", "no/such/folder.db").output())
        .isEqualToIgnoringNewLines("no/such/folder.db: cannot be written: no such file");
    assertThat(run(ExitCodes.USAGE, "backup").output()).contains("FILE");
    assertThat(folder.resolve("var/store.db")).exists();
  }

  @Test
  void a_store_in_a_database_is_for_the_servers_own_programs() {
    Map<String, String> mysql =
        Map.of("MYSQL_HOST", "db", "MYSQL_DATABASE", "my events", "MYSQL_PASSWORD", "canary");
    assertThat(run(ExitCodes.FAILED, mysql, "backup", "b.sql").output())
        .contains(
            "mysqldump --host=db --port=3306 --user=relay --password --single-transaction",
            "'my events' > b.sql")
        .doesNotContain("canary");
    assertThat(run(ExitCodes.FAILED, mysql, "restore", "b.sql").output())
        .contains("mysql --host=db", "'my events' < b.sql", "event-consumer new-identity");
  }
}
