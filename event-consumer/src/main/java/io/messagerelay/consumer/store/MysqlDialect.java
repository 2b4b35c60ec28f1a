package io.messagerelay.consumer.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * MySQL and MariaDB. The writing connections are in READ COMMITTED and out of auto-commit from
 * their start, so a transaction begins with its first statement and each statement sees what was
 * committed before it.
 */
final class MysqlDialect implements Dialect {

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
