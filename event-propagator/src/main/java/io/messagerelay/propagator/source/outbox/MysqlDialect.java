package io.messagerelay.propagator.source.outbox;

import io.messagerelay.base.TrustedCertificates;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * MySQL from 8.0 and MariaDB from 10.6, by Connector/J. Its statements are what both servers know.
 */
final class MysqlDialect implements Dialect {
  private static final Set<String> TEXTS =
      Set.of("char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum");
  private static final Set<String> TIMES = Set.of("timestamp", "datetime");

  @Override
  public Properties properties(OutboxServer server) {
    var properties = new Properties();
    properties.setProperty("user", server.user());
    properties.setProperty("password", server.password());
    properties.setProperty("connectTimeout", Long.toString(CONNECT.toMillis()));
    properties.setProperty("socketTimeout", Long.toString(ANSWER.toMillis()));
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("sessionVariables", session());
    properties.setProperty("characterEncoding", "UTF-8");
    properties.setProperty("connectionCollation", "utf8mb4_bin");
    properties.setProperty("cachePrepStmts", "true");
    properties.setProperty("prepStmtCacheSqlLimit", "16384");
    properties.setProperty("useServerPrepStmts", "false");
    // A result that is read row by row would set the server's time-out each time.
    properties.setProperty("netTimeoutForStreamingResults", "0");
    properties.setProperty("allowLoadLocalInfile", "false");
    encrypt(properties, server.tls());
    return properties;
  }

  private static String session() {
    return "sql_mode='STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION',time_zone='+00:00'"
        + ",innodb_lock_wait_timeout=%1$d,lock_wait_timeout=%1$d".formatted(LOCK.toSeconds())
        + ",wait_timeout=%1$d,net_write_timeout=%1$d".formatted(IDLE.toSeconds());
  }

  private static void encrypt(Properties properties, OutboxTls tls) {
    properties.setProperty("sslMode", tls.mode().name());
    // MySQL asks for it over an open connection when it does not remember the password.
    boolean open = tls.mode() == OutboxTls.Mode.DISABLED || tls.mode() == OutboxTls.Mode.PREFERRED;
    properties.setProperty("allowPublicKeyRetrieval", Boolean.toString(open));
    tls.authority()
        .ifPresent(
            store -> {
              properties.setProperty("trustCertificateKeyStoreUrl", store.toUri().toString());
              properties.setProperty("trustCertificateKeyStoreType", TrustedCertificates.TYPE);
              properties.setProperty(
                  "trustCertificateKeyStorePassword", TrustedCertificates.PASSWORD);
              properties.setProperty("fallbackToSystemTrustStore", "false");
            });
  }

  @Override
  public String quote(String identifier) {
    return "`" + identifier.replace("`", "``") + "`";
  }

  @Override
  public String account(String user) {
    return "'" + user + "'@'%'";
  }

  /** Names of columns are the same in any case. */
  @Override
  public String folded(String column) {
    return column.toLowerCase(Locale.ROOT);
  }

  @Override
  public String now() {
    return "UTC_TIMESTAMP(6)";
  }

  @Override
  public String insertOnce(String insert) {
    return insert + " ON DUPLICATE KEY UPDATE name = name";
  }

  @Override
  public Map<String, String> columns(Connection connection, OutboxTable table) throws SQLException {
    String query =
        "SELECT column_name, data_type FROM information_schema.columns"
            + " WHERE table_schema = COALESCE(?, DATABASE()) AND table_name = ?";
    Map<String, String> columns = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, table.schema().orElse(null));
      statement.setString(2, table.name());
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          columns.put(folded(row.getString(1)), row.getString(2).toLowerCase(Locale.ROOT));
        }
      }
    }
    return columns;
  }

  @Override
  public boolean isUnique(Connection connection, OutboxTable table, String column)
      throws SQLException {
    String query =
        "SELECT 1 FROM information_schema.statistics"
            + " WHERE table_schema = COALESCE(?, DATABASE()) AND table_name = ? AND non_unique = 0"
            + " GROUP BY index_name HAVING COUNT(*) = 1 AND LOWER(MAX(column_name)) = LOWER(?)"
            + " AND MAX(sub_part) IS NULL";
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, table.schema().orElse(null));
      statement.setString(2, table.name());
      statement.setString(3, column);
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    }
  }

  @Override
  public boolean fits(Column column, String type) {
    return switch (column) {
      case ID -> MysqlRows.KeyForm.of(type).isPresent();
      case EVENT_ID -> TEXTS.contains(type) || type.equals("uuid") || type.endsWith("int");
      case EVENT_TYPE, TRACEPARENT -> TEXTS.contains(type);
      case EVENT_KEY -> TEXTS.contains(type) || type.equals("uuid") || type.endsWith("int");
      case EVENT_PAYLOAD -> TEXTS.contains(type) || type.equals("json");
      case DONE_AT -> TIMES.contains(type);
    };
  }

  @Override
  public String typeOf(Column column) {
    return switch (column) {
      case ID -> "BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY";
      case EVENT_ID -> "VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";
      case EVENT_TYPE -> "VARCHAR(255) CHARACTER SET utf8mb4 NOT NULL";
      case EVENT_PAYLOAD -> "MEDIUMTEXT CHARACTER SET utf8mb4 NOT NULL";
      case EVENT_KEY, TRACEPARENT -> "VARCHAR(255) CHARACTER SET utf8mb4";
      case DONE_AT -> "TIMESTAMP(6) NULL";
    };
  }

  @Override
  public String createLeases(String table) {
    return "CREATE TABLE "
        + table
        + " (name VARCHAR(64) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin PRIMARY KEY,"
        + " holder VARCHAR(255) CHARACTER SET utf8mb4 NOT NULL,"
        + " token BIGINT NOT NULL, expires DATETIME(6) NOT NULL)";
  }

  @Override
  public String createIndex(OutboxTable table) {
    return "CREATE INDEX outbox_open ON %s (%s, %s)"
        .formatted(
            qualified(table, table.name()),
            quote(table.column(Column.DONE_AT)),
            quote(table.column(Column.ID)));
  }

  @Override
  public Rows rows(OutboxTable table, Layout layout) {
    return MysqlRows.of(this, table, layout);
  }

  /** https://dev.mysql.com/doc/mysql-errors/9.7/en/server-error-reference.html */
  @Override
  public Failure failure(SQLException e) {
    return switch (e.getErrorCode()) {
      case 1044, 1045, 1142, 1143, 1227, 1370, 1698, 1820, 1862, 3118 -> Failure.DENIED;
      case 1049, 1054, 1146 -> Failure.MISSING;
      default -> Failure.PASSING;
    };
  }
}
