package io.messagerelay.consumer.store;

import io.messagerelay.consumer.store.StoreException.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;

/**
 * Erases in a SQL database. The row says that it was erased by a kind of payload of its own,
 * {@value #ERASED}, whose text is the time in microseconds. A crash before the commit leaves the
 * event as it was; one after it may leave the old bytes in SQLite's log until the erasure is asked
 * for again, or the store is closed.
 */
final class JdbcEventErasure implements EventErasure {
  /** Beside the codes of {@link io.messagerelay.contract.Payload.Kind}; stored, never changes. */
  static final int ERASED = 2;

  private static final String ERASE =
      "UPDATE event SET payload = ?, payload_kind = "
          + ERASED
          + ", event_key = NULL, traceparent = NULL WHERE event_id = ? AND payload_kind <> "
          + ERASED;

  private final Connections connections;
  private final Dialect dialect;
  private final Clock clock;

  JdbcEventErasure(Connections connections, Dialect dialect, Clock clock) {
    this.connections = connections;
    this.dialect = dialect;
    this.clock = clock;
  }

  @Override
  public boolean erase(String eventId) throws StoreException {
    try {
      boolean found = eraseRow(eventId);
      if (found) {
        forget();
      }
      return found;
    } catch (CommitLostException e) {
      throw new StoreException(
          Kind.UNKNOWN, "cannot tell whether an event was erased: " + e.getMessage(), e);
    } catch (SQLException e) {
      throw new StoreException(Kind.UNAVAILABLE, "cannot erase an event: " + Reason.of(e), e);
    }
  }

  private boolean eraseRow(String eventId) throws SQLException, CommitLostException {
    try (Transaction transaction = Transaction.begin(connections, dialect, Transaction.SHORT)) {
      Connection connection = transaction.connection();
      boolean changed = update(connection, eventId);
      boolean found = changed || EventTable.find(connection, eventId).isPresent();
      transaction.commit();
      return found;
    }
  }

  private boolean update(Connection connection, String eventId) throws SQLException {
    long now = Micros.of(clock.instant());
    try (PreparedStatement update = connection.prepareStatement(ERASE)) {
      update.setString(1, Long.toString(now));
      update.setString(2, eventId);
      return update.executeUpdate() == 1;
    }
  }

  /** Also of an event that was erased before: then it may have been in the way that time. */
  private void forget() throws SQLException, StoreException {
    try (Connection connection = connections.writing()) {
      if (!dialect.forget(connection)) {
        throw new StoreException(
            Kind.UNAVAILABLE, "an event is erased, and a reader keeps its bytes in the log");
      }
    }
  }
}
