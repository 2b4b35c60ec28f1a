package io.messagerelay.consumer.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** INSERTs into the table {@code event}; one that was parsed serves again for as many rows. */
final class EventInsert implements AutoCloseable {
  private static final String ROW = "(?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private final Connection connection;
  private @Nullable PreparedStatement last;
  private int lastRows;

  EventInsert(Connection connection) {
    this.connection = connection;
  }

  /** For so many rows; valid until the next call. */
  PreparedStatement of(int rows) throws SQLException {
    PreparedStatement statement = last;
    if (statement == null || rows != lastRows) {
      close();
      statement =
          connection.prepareStatement(
              "INSERT INTO event ("
                  + EventTable.COLUMNS
                  + ") VALUES "
                  + EventTable.repeated(ROW, rows));
      last = statement;
      lastRows = rows;
    }
    return statement;
  }

  @Override
  public void close() throws SQLException {
    if (last != null) {
      last.close();
      last = null;
    }
  }
}
