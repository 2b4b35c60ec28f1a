package io.messagerelay.propagator.source.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/** PostgreSQL from 12, by its own driver. */
final class PostgresDialect implements Dialect {
  private static final Set<String> TEXTS =
      Set.of("text", "character varying", "character", "json", "jsonb", "xml", "citext");
  private static final Set<String> KEYS =
      Set.of("smallint", "integer", "bigint", "uuid", "text", "character varying");
  private static final Set<String> TIMES =
      Set.of("timestamp with time zone", "timestamp without time zone");

  @Override
  public Properties properties(OutboxServer server) {
    var properties = new Properties();
    properties.setProperty("user", server.user());
    properties.setProperty("password", server.password());
    properties.setProperty("connectTimeout", Long.toString(CONNECT.toSeconds()));
    properties.setProperty("loginTimeout", Long.toString(2 * CONNECT.toSeconds()));
    properties.setProperty("socketTimeout", Long.toString(ANSWER.toSeconds()));
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("options", session());
    properties.setProperty("ApplicationName", "event-propagator");
    properties.setProperty("sslmode", server.tls().mode().inPostgres());
    server
        .tls()
        .authority()
        .ifPresentOrElse(
            file -> properties.setProperty("sslrootcert", file.toString()),
            () -> trustThoseOfTheJvm(properties, server.tls()));
    return properties;
  }

  /** Without it the driver looks for a file in the home folder. */
  private static void trustThoseOfTheJvm(Properties properties, OutboxTls tls) {
    if (tls.mode().verifies()) {
      properties.setProperty("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
    }
  }

  private static String session() {
    return "-c lock_timeout=%d -c statement_timeout=%d"
            .formatted(LOCK.toMillis(), ANSWER.toMillis())
        + " -c idle_in_transaction_session_timeout=%1$d -c tcp_user_timeout=%1$d"
            .formatted(IDLE.toMillis());
  }

  @Override
  public String quote(String identifier) {
    return "\"" + identifier.replace("\"", "\"\"") + "\"";
  }

  @Override
  public String account(String user) {
    return quote(user);
  }

  @Override
  public String folded(String column) {
    return column;
  }

  @Override
  public String now() {
    return "clock_timestamp()";
  }

  @Override
  public String insertOnce(String insert) {
    return insert + " ON CONFLICT (name) DO NOTHING";
  }

  @Override
  public Map<String, String> columns(Connection connection, OutboxTable table) throws SQLException {
    String query =
        "SELECT attname, format_type(atttypid, NULL) FROM pg_attribute"
            + " WHERE attrelid = to_regclass(?) AND attnum > 0 AND NOT attisdropped";
    Map<String, String> columns = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, qualified(table, table.name()));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          columns.put(row.getString(1), row.getString(2));
        }
      }
    }
    return columns;
  }

  @Override
  public boolean isUnique(Connection connection, OutboxTable table, String column)
      throws SQLException {
    String query =
        "SELECT 1 FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = indkey[0]"
            + " WHERE indrelid = to_regclass(?) AND indisunique AND indisvalid"
            + " AND indnkeyatts = 1 AND indpred IS NULL AND attname = ?";
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, qualified(table, table.name()));
      statement.setString(2, column);
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    }
  }

  @Override
  public boolean fits(Column column, String type) {
    return switch (column) {
      case ID -> KEYS.contains(type);
      case EVENT_ID, EVENT_KEY -> TEXTS.contains(type) || KEYS.contains(type);
      case EVENT_TYPE, EVENT_PAYLOAD, TRACEPARENT -> TEXTS.contains(type);
      case DONE_AT -> TIMES.contains(type);
    };
  }

  @Override
  public String typeOf(Column column) {
    return switch (column) {
      case ID -> "bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY";
      case EVENT_ID, EVENT_KEY, TRACEPARENT -> "text";
      case EVENT_TYPE, EVENT_PAYLOAD -> "text NOT NULL";
      case DONE_AT -> "timestamptz";
    };
  }

  @Override
  public String createLeases(String table) {
    return "CREATE TABLE "
        + table
        + " (name text PRIMARY KEY, holder text NOT NULL, token bigint NOT NULL,"
        + " expires timestamptz NOT NULL)";
  }

  @Override
  public String createIndex(OutboxTable table) {
    return "CREATE INDEX ON %s (%s) WHERE %s IS NULL"
        .formatted(
            qualified(table, table.name()),
            quote(table.column(Column.ID)),
            quote(table.column(Column.DONE_AT)));
  }

  @Override
  public Rows rows(OutboxTable table, Layout layout) {
    return PostgresRows.of(this, table, layout);
  }

  /** https://www.postgresql.org/docs/current/errcodes-appendix.html */
  @Override
  public Failure failure(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    return switch (state) {
      case "28000", "28P01", "42501" -> Failure.DENIED;
      case "3D000", "3F000", "42P01", "42703" -> Failure.MISSING;
      default -> Failure.PASSING;
    };
  }
}
