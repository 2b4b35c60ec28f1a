package io.messagerelay.consumer.store;

import io.messagerelay.consumer.store.EventTable.Claim;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * MySQL and MariaDB. The writing connections are in READ COMMITTED and out of auto-commit from
 * their start, so a transaction begins with its first statement and each statement sees what was
 * committed before it.
 */
final class MysqlDialect implements Dialect {
  private static final String CLAIM =
      "UPDATE event_position SET next = LAST_INSERT_ID(next + ?), last_received = ?"
          + " WHERE one = 1 AND last_received <= ?";

  @Override
  public void begin(Connection connection, Duration patience) throws SQLException {
    connection.setNetworkTimeout(Runnable::run, (int) patience.toMillis());
  }

  @Override
  public void commit(Connection connection) throws SQLException {
    connection.commit();
  }

  @Override
  public void rollback(Connection connection) throws SQLException {
    connection.rollback();
  }

  /**
   * One round trip where nobody was received later than now, as is the rule with one consumer: the
   * answer to the UPDATE carries the position. Otherwise the time has to be read as well.
   */
  @Override
  public Claim claim(Connection connection, int count, long nowMicros) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(CLAIM, Statement.RETURN_GENERATED_KEYS)) {
      update.setInt(1, count);
      update.setLong(2, nowMicros);
      update.setLong(3, nowMicros);
      if (update.executeUpdate() == 1) {
        try (ResultSet next = update.getGeneratedKeys()) {
          next.next();
          return new Claim(next.getLong(1) - count, nowMicros);
        }
      }
    }
    return EventTable.claim(connection, count, nowMicros);
  }

  @Override
  public String addingToCount() {
    return " ON DUPLICATE KEY UPDATE arrived = arrived + VALUES(arrived)";
  }

  /**
   * By the server's error numbers, which say more than its SQLStates
   * (https://dev.mysql.com/doc/mysql-errors/9.7/en/server-error-reference.html,
   * https://mariadb.com/kb/en/mariadb-error-code-reference/). Refused is only what the row itself
   * is at fault for; whatever a person or time may change is unavailable.
   */
  @Override
  public Failure failure(SQLException e) {
    return switch (e.getErrorCode()) {
      case 1062, 1586 -> Failure.REPEATED; // duplicate key
      case 1048, 1264, 1366, 1406, 3819, 4025 -> Failure.REFUSED;
      default -> Failure.UNAVAILABLE;
    };
  }
}
