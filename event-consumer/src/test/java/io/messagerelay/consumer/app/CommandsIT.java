package io.messagerelay.consumer.app;

import static io.messagerelay.consumer.app.RunningConsumer.freePort;
import static io.messagerelay.consumer.app.RunningConsumer.goodSettings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.messagerelay.base.ExitCodes;
import io.messagerelay.consumer.app.RunningConsumer.Ended;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands as a user types them: what they print and how they end. */
class CommandsIT {
  @TempDir private Path folder;

  private Ended run(Map<String, String> settings, String... arguments) {
    return RunningConsumer.run(folder, settings, arguments);
  }

  private static Map<String, String> good() {
    return goodSettings(freePort());
  }

  @ParameterizedTest
  @ValueSource(strings = {"version", "--version"})
  void the_version_is_one_line(String argument) {
    Ended ended = run(Map.of(), argument);

    assertThat(ended.exitCode()).isEqualTo(ExitCodes.OK);
    assertThat(ended.output()).matches("event-consumer \\d+\\.\\d+\\.\\d+ \\(Java 25.*\\)\\R");
  }

  @Test
  void help_names_the_commands() {
    assertThat(run(Map.of(), "--help").output()).contains("run", "check", "status", "version");
    assertThat(run(Map.of(), "run", "--help").exitCode()).isEqualTo(ExitCodes.OK);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rum", "--port"})
  void what_is_typed_wrong_is_one_line_and_2(String argument) {
    Ended ended = run(Map.of(), argument);

    assertThat(ended.exitCode()).isEqualTo(ExitCodes.USAGE);
    assertThat(ended.output().lines()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "check"})
  void all_bad_settings_are_named_at_once(String command) {
    Ended ended =
        run(
            Map.of(
                "SECRET_KEY", "short",
                "ALGORITHM", "none",
                "CONSUMER_PORT", "33o6",
                "REQUEST_TIMEOUT", "-1",
                "SERVICE_PASSWORD_HASH", "nonsense"),
            command);

    assertThat(ended.exitCode()).isEqualTo(ExitCodes.CONFIG);
    assertThat(ended.output().lines())
        .hasSize(6)
        .anySatisfy(line -> assertThat(line).startsWith("SERVICE_NAME: not set"))
        .anySatisfy(
            line -> assertThat(line).startsWith("SECRET_KEY: ").contains("5 bytes", "openssl rand"))
        .anySatisfy(line -> assertThat(line).startsWith("ALGORITHM: \"none\"").contains("hs256"))
        .anySatisfy(line -> assertThat(line).startsWith("CONSUMER_PORT: \"33o6\""))
        .anySatisfy(line -> assertThat(line).startsWith("REQUEST_TIMEOUT: "))
        .anySatisfy(line -> assertThat(line).startsWith("SERVICE_PASSWORD_HASH: "))
        .allSatisfy(
            line ->
                assertThat(line)
                    .doesNotContain("nonsense")
                    .matches(".* \\(environment( or .env)?\\)"));
  }

  /** As the Python original's users have it; an empty host in the environment hides theirs. */
  @Test
  void a_file_with_blanks_quotes_and_comments_is_understood() throws IOException {
    Files.writeString(
        folder.resolve(".env"),
        """
        SERVICE_NAME = "relay" # the account
        SERVICE_PASSWORD = 'secret'
        SECRET_KEY = "0123456789abcdef0123456789abcdef"
        ALGORITHM = "HS256" # Do not change
        ACCESS_TOKEN_EXPIRE_MINUTES = 30
        MYSQL_HOST = "db"
        CONSUMER_PORT = %d
        """
            .formatted(freePort()));

    Ended ended = run(Map.of("MYSQL_HOST", ""), "check");

    assertThat(ended.exitCode()).as(ended.output()).isEqualTo(ExitCodes.OK);
    assertThat(ended.output()).containsPattern("ok +store +var/store.db");
  }

  /** In the log, so that whoever reads JSON alone reads it too. */
  @Test
  void a_run_logs_what_it_ignores() throws IOException {
    Files.writeString(folder.resolve(".env"), "SERVICE_NAM=x\n");

    try (var consumer = RunningConsumer.start(folder, Map.of("LOG_FORMAT", "json"))) {
      await()
          .untilAsserted(
              () ->
                  assertThat(consumer.log().lines())
                      .allSatisfy(line -> assertThat(line).startsWith("{"))
                      .anySatisfy(
                          line ->
                              assertThat(line)
                                  .contains("\"WARN\"", "SERVICE_NAM: no such setting")));
    }
  }

  @Test
  void check_says_a_line_for_each_thing_it_looked_at() {
    Ended ended = run(good(), "check");

    assertThat(ended.exitCode()).isEqualTo(ExitCodes.OK);
    assertThat(ended.output().lines())
        .hasSize(3)
        .allSatisfy(line -> assertThat(line).startsWith("ok "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "check"})
  void a_port_in_use_is_one_line(String command) throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Ended ended = run(goodSettings(taken.getLocalPort()), command);

      assertThat(ended.exitCode()).isEqualTo(ExitCodes.UNAVAILABLE);
      assertThat(ended.output())
          .contains("cannot listen on http://127.0.0.1:" + taken.getLocalPort())
          .doesNotContain("\tat ");
    }
  }

  @ParameterizedTest
  @CsvSource({"run", "check"})
  void a_host_that_is_none_of_ours_is_one_line(String command) {
    Map<String, String> settings = good();
    settings.put("CONSUMER_HOST", "192.0.2.1");

    Ended ended = run(settings, command);

    assertThat(ended.exitCode()).isEqualTo(ExitCodes.UNAVAILABLE);
    assertThat(ended.output()).contains("CONSUMER_HOST").doesNotContain("\tat ");
  }

  private void assertRefused(Map<String, String> settings, String reason) {
    for (String command : new String[] {"run", "check"}) {
      Ended ended = run(settings, command);
      assertThat(ended.exitCode()).as(ended.output()).isEqualTo(ExitCodes.UNAVAILABLE);
      assertThat(ended.output()).contains("STORE_FILE").contains(reason).doesNotContain("\tat ");
    }
    assertThat(run(settings, "run").output().lines()).hasSize(1);
  }

  @Test
  void a_store_that_is_no_database_is_one_line() throws IOException {
    Map<String, String> settings = good();
    Path file = Files.writeString(folder.resolve("text"), "no database, just a text\n".repeat(100));
    settings.put("STORE_FILE", file.toString());

    assertRefused(settings, file.toString());
    assertThat(file).hasContent("no database, just a text\n".repeat(100));
  }

  @Test
  void a_store_that_cannot_be_written_is_one_line() {
    Map<String, String> settings = good();
    settings.put("STORE_FILE", "/proc/store.db");

    assertRefused(settings, "/proc/store.db");
  }

  @Test
  void a_store_of_a_newer_version_is_one_line() throws SQLException {
    Map<String, String> settings = good();
    run(settings, "check");
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("var/store.db"));
        Statement statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO flyway_schema_history SELECT 99, '99', 'later', type, 'V99__later.sql',"
              + " checksum, installed_by, installed_on, execution_time, success"
              + " FROM flyway_schema_history WHERE version = '1'");
    }

    assertRefused(settings, "newer");
  }

  @Test
  void json_lines_are_json_and_the_start_is_one_of_them() {
    Map<String, String> settings = new HashMap<>(Map.of("LOG_FORMAT", "json"));
    try (var consumer = RunningConsumer.start(folder, settings)) {
      await().until(() -> !consumer.log().isEmpty());
      assertThat(consumer.log().lines())
          .hasSize(1)
          .allSatisfy(
              line ->
                  assertThat(line)
                      .startsWith("{")
                      .contains("listens on http://127.0.0.1:" + consumer.port())
                      .endsWith("}"));
    }
  }

  @Test
  void events_are_not_logged_unless_asked_for() {
    try (var consumer = RunningConsumer.start(folder, Map.of("LOG_EVENTS", "false"))) {
      await().until(() -> !consumer.log().isEmpty());
      var event =
          consumer
              .request("/event")
              .header("Authorization", "Bearer " + consumer.token("events:write"))
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString("{\"event_type\":\"t\",\"event_payload\":\"p\"}"));
      assertThat(consumer.send(event).statusCode()).isEqualTo(201);

      assertThat(consumer.log().lines()).hasSize(1);
    }
  }
}
