package io.messagerelay.consumer.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The table {@code store_identity}: the store's name. A store that was put back from a copy gives
 * the places behind the copy to other events than before, so it needs another name: a cursor of
 * before is then refused, instead of passing over those events.
 */
final class StoreIdentity {
  private static final String NAME = "SELECT store_id FROM store_identity WHERE one = 1";

  /** In SQLite, as its migration says it. */
  static final String SQLITE_RENAME =
      "UPDATE store_identity SET store_id = lower(hex(randomblob(16))) WHERE one = 1";

  /** In MySQL and MariaDB, as their migration says it. */
  static final String MYSQL_RENAME =
      "UPDATE store_identity SET store_id = REPLACE(UUID(), '-', '') WHERE one = 1";

  private StoreIdentity() {}

  static String of(Connections connections) throws SQLException {
    try (Connection connection = connections.reading()) {
      return of(connection);
    }
  }

  static String of(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(NAME);
        ResultSet identity = select.executeQuery()) {
      identity.next();
      return identity.getString(1);
    }
  }

  /**
   * Gives the store another name, and drops its refresh tokens: those that were spent after the
   * copy would be good again. Inside a transaction of the caller's. Returns the new name.
   *
   * @param rename the dialect's statement
   */
  static String renew(Connection connection, String rename) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (statement.executeUpdate(rename) != 1) {
        throw new SQLException("the table store_identity has no row");
      }
      statement.executeUpdate("DELETE FROM refresh_token");
    }
    return of(connection);
  }
}
