package io.messagerelay.consumer.store;

import io.messagerelay.servers.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** The Python message-relay, as a database meets it. */
final class PythonOriginal {
  /** What its SQLAlchemy sends to a MySQL server on which the table is not. */
  static final String DDL =
      """

      CREATE TABLE events (
      \tid INTEGER NOT NULL AUTO_INCREMENT,\s
      \ttype VARCHAR(255) NOT NULL,\s
      \tpayload TEXT,\s
      \treceived_time TIMESTAMP NOT NULL,\s
      \tPRIMARY KEY (id)
      )

      """;

  private final TestDatabase database;

  private PythonOriginal(TestDatabase database) {
    this.database = database;
  }

  /** That has made its table in this database. */
  static PythonOriginal in(TestDatabase database) throws SQLException {
    return in(database, DDL);
  }

  /** As {@link #in(TestDatabase)}, on a server or by a version that made another table of it. */
  static PythonOriginal in(TestDatabase database, String ddl) throws SQLException {
    PythonOriginal original = new PythonOriginal(database);
    original.execute(ddl);
    return original;
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /**
   * @param seconds since 1970, when it was received
   */
  void store(long id, String type, @Nullable String payload, long seconds) throws SQLException {
    try (Connection connection = database.connect()) {
      store(connection, id, type, payload, seconds);
    }
  }

  static void store(
      Connection connection, long id, String type, @Nullable String payload, long seconds)
      throws SQLException {
    String sql = "INSERT INTO events VALUES (?, ?, ?, FROM_UNIXTIME(?))";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setLong(1, id);
      insert.setString(2, type);
      insert.setString(3, payload);
      insert.setLong(4, seconds);
      insert.executeUpdate();
    }
  }

  /** Rows with the ids from one to another, a second apart, each payload of the same length. */
  void storeMany(int from, int to, int payloadLength) throws SQLException {
    String digit =
        "(SELECT 0 AS d UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4"
            + " UNION SELECT 5 UNION SELECT 6 UNION SELECT 7 UNION SELECT 8 UNION SELECT 9)";
    execute(
        "INSERT INTO events SELECT id, CONCAT('type-', id % 7), RPAD(id, "
            + payloadLength
            + ", '.'), FROM_UNIXTIME(1700000000 + id) FROM (SELECT a.d + 10 * b.d + 100 * c.d"
            + " + 1000 * d.d + 10000 * e.d + 1 AS id FROM "
            + String.join(
                " JOIN ", digit + " a", digit + " b", digit + " c", digit + " d", digit + " e")
            + ") AS number WHERE id BETWEEN "
            + from
            + " AND "
            + to
            + " ORDER BY id");
  }

  /** Of all its rows, and their number. */
  String checksum() throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet sum = statement.executeQuery("CHECKSUM TABLE events EXTENDED")) {
      sum.next();
      return sum.getString(2);
    }
  }
}
