package io.messagerelay.consumer.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Gives a store in a database a name of its own, after a dump was loaded into it. */
final class MysqlIdentity {
  private MysqlIdentity() {}

  /**
   * In one transaction: a crash leaves the name that it had. A consumer that ran on would go on
   * under the old name, so all of them must have ended.
   *
   * @param name how the message calls the store
   * @throws StoreInUseException when this account has another connection to the database
   */
  static String renew(Connection connection, String name) throws SQLException, StoreInUseException {
    long others = others(connection);
    if (others > 0) {
      throw new StoreInUseException(
          "%s: this account has %d more connections to it; stop every event-consumer on it first"
              .formatted(name, others));
    }
    connection.setAutoCommit(false);
    String id = StoreIdentity.renew(connection, StoreIdentity.MYSQL_RENAME);
    connection.commit();
    return id;
  }

  /** The server shows an account its own sessions, and all of them to one with PROCESS. */
  private static long others(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      long own = own(statement);
      long others = 0;
      try (ResultSet session = statement.executeQuery("SHOW PROCESSLIST")) {
        while (session.next()) {
          boolean here = connection.getCatalog().equals(session.getString("db"));
          others += here && session.getLong("Id") != own ? 1 : 0;
        }
      }
      return others;
    }
  }

  private static long own(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT CONNECTION_ID()")) {
      row.next();
      return row.getLong(1);
    }
  }
}
