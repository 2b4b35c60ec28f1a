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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What cannot be started says why in one line. */
final class WrongStartIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int CONFIG = 78;
  private static final int UNAVAILABLE = 69;
  private static final int TRY_AGAIN = 75;

  @RegisterExtension final Site site = new Site();

  @BeforeEach
  void data() {
    site.get().writeData(SampleData.keyed(3).json());
  }

  @Test
  void the_propagator_names_every_bad_setting_at_once() {
    site.get().writeDotEnv("SERVICE_NAME=relay\nLANES=65\nLOG_FORMAT=xml\n");

    Child child =
        site.get()
            .startWithOnly(
                Service.PROPAGATOR,
                Map.of(
                    "CONSUMER_URL", "localhost:8000",
                    "ENDPOINT_TO_POST", "ftp://elsewhere/",
                    "SCHEDULER_INTERVAL", "often",
                    "SPOOL_MAX_BYTES", "1kB",
                    "SERVICE_PASSWORD_FILE", "nowhere"),
                "run");

    assertThat(child.waitFor(PATIENCE)).isEqualTo(CONFIG);
    assertThat(child.lines())
        .containsExactly(
            "CONSUMER_URL: \"localhost:8000\" is not a URL; expected http:// or https://, a host,"
                + " and a port and path if needed (environment)",
            "SERVICE_PASSWORD: nowhere cannot be read: no such file (SERVICE_PASSWORD_FILE in"
                + " environment)",
            "ENDPOINT_TO_POST: is neither a path nor a URL; expected a path on the consumer, or a"
                + " whole http or https URL (environment)",
            "SCHEDULER_INTERVAL: \"often\" is not a number of seconds; expected 0.001 to 86400"
                + " (environment)",
            "SPOOL_MAX_BYTES: \"1kB\" is not a size; expected 1MiB to 1TiB, as 512MiB, 1GiB or a"
                + " number of bytes (environment)",
            "LANES: \"65\" is not a whole number; expected 1 to 64 (.env line 2)",
            "LOG_FORMAT: \"xml\" is not one of them; expected auto, text or json (.env line 3)");
  }

  @Test
  void the_consumer_names_every_bad_setting_at_once_and_hides_the_secret() {
    site.get().writeDotEnv("SERVICE_NAME=relay\nSECRET_KEY=canary-too-short\n");

    Child child =
        site.get().startWithOnly(Service.CONSUMER, Map.of("CONSUMER_PORT", "65536"), "run");

    assertThat(child.waitFor(PATIENCE)).isEqualTo(CONFIG);
    assertThat(child.lines())
        .containsExactly(
            "SERVICE_PASSWORD: not set; expected any text, or its file in SERVICE_PASSWORD_FILE"
                + " (environment or .env)",
            "SECRET_KEY: has 16 bytes; HS256 needs 32 or more. This makes a good one: openssl rand"
                + " -hex 32 (.env line 2)",
            "CONSUMER_PORT: \"65536\" is not a port; expected 1 to 65535 (environment)");
  }

  @Test
  void a_missing_data_file_is_named() {
    assertRefused(
        site.get().start(Service.PROPAGATOR, Map.of("DATA_FILE", "missing.json"), "run"),
        UNAVAILABLE,
        "DATA_FILE: missing.json does not exist; expected a JSON array of one or more events");
  }

  @Test
  void a_second_propagator_on_one_spool_is_told_who_has_it() {
    Child first = site.get().propagator();
    Waiting.until("it runs", PATIENCE, () -> first.output().contains("relaying from"));

    Child second = site.get().propagator();

    assertThat(second.waitFor(PATIENCE)).isEqualTo(TRY_AGAIN);
    assertThat(second.lines())
        .singleElement()
        .asString()
        .matches(
            "another event-propagator \\(process \\d+\\) is running on SPOOL_DIR var/spool;"
                + " stop it or set another SPOOL_DIR");
  }

  @Test
  void a_spool_that_is_no_folder_is_named() throws IOException {
    Files.writeString(site.get().folder().resolve("file"), "x");

    assertRefused(
        site.get().start(Service.PROPAGATOR, Map.of("SPOOL_DIR", "file"), "run"),
        UNAVAILABLE,
        "SPOOL_DIR: file cannot be used: it is a file; expected a folder that can be written");
  }

  @Test
  void a_spool_of_a_newer_version_is_left_alone() throws SQLException {
    Child first = site.get().propagator();
    Waiting.until("it runs", PATIENCE, () -> first.output().contains("relaying from"));
    first.kill();
    execute(site.get().spoolDir().resolve("spool.db"), "PRAGMA user_version = 99");

    Child second = site.get().propagator();

    assertThat(second.waitFor(PATIENCE)).isEqualTo(UNAVAILABLE);
    assertThat(second.lines()).singleElement().asString().contains("spool.db", "version 99");
  }

  @Test
  void a_port_in_use_is_named() {
    Child first = site.get().consumer();
    site.get().awaitReady(first, PATIENCE);

    Child second = site.get().start(Service.CONSUMER, Map.of("STORE_FILE", "var/other.db"), "run");

    assertThat(second.waitFor(PATIENCE)).isEqualTo(UNAVAILABLE);
    assertThat(second.lines())
        .singleElement()
        .asString()
        .contains("CONSUMER_PORT", Integer.toString(site.get().port()));
  }

  @Test
  void a_store_of_a_newer_version_is_left_alone() throws SQLException {
    Child first = site.get().consumer();
    site.get().awaitReady(first, PATIENCE);
    first.kill();
    execute(
        site.get().storeFile(),
        "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,"
            + " installed_by, execution_time, success)"
            + " VALUES (99, '99', 'later', 'SQL', 'V99__later.sql', '', 0, 1)");

    Child second = site.get().consumer();

    assertThat(second.waitFor(PATIENCE)).isEqualTo(UNAVAILABLE);
    assertThat(second.lines()).singleElement().asString().contains("store.db", "newer");
  }

  @Test
  void a_store_that_cannot_be_written_is_named() throws IOException {
    Files.writeString(site.get().folder().resolve("file"), "x");

    Child child = site.get().start(Service.CONSUMER, Map.of("STORE_FILE", "file/store.db"), "run");

    assertThat(child.waitFor(PATIENCE)).isEqualTo(UNAVAILABLE);
    assertThat(child.lines()).singleElement().asString().contains("STORE_FILE", "file/store.db");
  }

  private static void assertRefused(Child child, int exit, String line) {
    assertThat(child.waitFor(PATIENCE)).isEqualTo(exit);
    assertThat(child.lines()).containsExactly(line);
  }

  private static void execute(Path database, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }
}
