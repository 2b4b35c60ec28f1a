package io.messagerelay.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.messagerelay.servers.TestDatabase;
import io.messagerelay.servers.TestPostgresDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A database with an outbox.
 *
 * @param script the shipped statements
 */
record OutboxPlace(String script, String url, String user, String password, Door door) {

  interface Door {
    Connection connect() throws SQLException;
  }

  static OutboxPlace in(TestDatabase database) {
    return new OutboxPlace(
        "/outbox/mysql.sql",
        "mysql://%s:%d/%s".formatted(database.host(), database.port(), database.name()),
        database.user(),
        database.password(),
        database::connect);
  }

  static OutboxPlace in(TestPostgresDatabase database) {
    return new OutboxPlace(
        "/outbox/postgresql.sql",
        "postgresql://%s:%d/%s".formatted(database.host(), database.port(), database.name()),
        database.user(),
        database.password(),
        database::connect);
  }

  void makeTables() throws IOException {
    try (InputStream in = Objects.requireNonNull(OutboxPlace.class.getResourceAsStream(script))) {
      String plain =
          new String(in.readAllBytes(), UTF_8)
              .lines()
              .filter(line -> !line.strip().startsWith("--"))
              .collect(Collectors.joining("\n"));
      execute(plain);
    }
  }

  /** Runs statements that a semicolon ends, on one connection. */
  void execute(String statements) {
    try (Connection connection = door.connect();
        Statement statement = connection.createStatement()) {
      for (String each : statements.split(";", -1)) {
        if (!each.isBlank()) {
          statement.execute(each);
        }
      }
    } catch (SQLException e) {
      throw new AssertionError(statements, e);
    }
  }

  long rows() {
    try (Connection connection = door.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM outbox")) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  Map<String, String> settings(String spool) {
    return Map.of(
        "SOURCE", "outbox",
        "OUTBOX_URL", url,
        "OUTBOX_USER", user,
        "OUTBOX_PASSWORD", password,
        "SPOOL_DIR", spool,
        "LOG_EVENTS", "false",
        "DATA_FILE", "no such file");
  }
}
