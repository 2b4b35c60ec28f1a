package io.messagerelay.consumer.store;

import java.sql.Connection;
import java.sql.SQLException;

/** Reads from the database, each time on a connection of its own and briefly. Shared by threads. */
record Reads(Connections connections) {
  interface Reading<T> {
    T from(Connection connection) throws SQLException;
  }

  /**
   * @param what it does, as the message says it when that fails
   */
  <T> T read(String what, Reading<T> reading) throws StoreException {
    try (Connection connection = connections.reading()) {
      return reading.from(connection);
    } catch (SQLException e) {
      throw new StoreException(
          StoreException.Kind.UNAVAILABLE, "cannot " + what + ": " + Reason.of(e), e);
    }
  }
}
