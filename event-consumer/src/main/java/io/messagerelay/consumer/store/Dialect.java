package io.messagerelay.consumer.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** What one database says differently from the others. Stateless. */
interface Dialect {

  /** What a failed statement means for the rows it was to write. */
  enum Failure {
    /** Something unique is there already. */
    REPEATED,
    /** The database refuses a row, however often it is tried. */
    REFUSED,
    /** Everything else: away, busy, full, read-only. */
    UNAVAILABLE
  }

  /**
   * Begins a transaction that sees every commit before its first statement.
   *
   * @param patience no statement of it waits longer for the database's answer
   */
  void begin(Connection connection, Duration patience) throws SQLException;

  /** When it returns, all is on disk. When it throws, the outcome is not known. */
  void commit(Connection connection) throws SQLException;

  void rollback(Connection connection) throws SQLException;

  /** As {@link EventTable#claim}, in the fewest round trips. */
  default EventTable.Claim claim(Connection connection, int count, long nowMicros)
      throws SQLException {
    return EventTable.claim(connection, count, nowMicros);
  }

  /** How an INSERT ends that adds to the counts that are there already. */
  String addingToCount();

  /**
   * Lets go of what the database's own files still hold of rows as they were before the last
   * commits; false when somebody is in the way, and trying again may help. Outside a transaction.
   */
  default boolean forget(Connection connection) throws SQLException {
    return true;
  }

  Failure failure(SQLException e);
}
