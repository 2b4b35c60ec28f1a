package io.messagerelay.consumer.store;

import io.messagerelay.consumer.store.StoreException.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Removes events from a SQL database. A removal is one transaction:
 *
 * <pre>
 *   begin · keep the turn (locks its row) · count them by hour and type · DELETE · commit
 * </pre>
 *
 * It does not lock the position row, so on a server events are stored meanwhile; in an embedded
 * file they wait for it. A crash before the commit removes nothing.
 */
final class JdbcRetentionStore implements RetentionStore {
  private final Connections connections;
  private final Dialect dialect;

  JdbcRetentionStore(Connections connections, Dialect dialect) {
    this.connections = connections;
    this.dialect = dialect;
  }

  @Override
  public long lastPosition() throws StoreException {
    return read(RetentionTable::lastPosition);
  }

  @Override
  public Optional<String> typeAfter(String type) throws StoreException {
    return read(connection -> RetentionTable.typeAfter(connection, type));
  }

  @Override
  public List<Long> oldest(Cut cut, int limit) throws StoreException {
    return read(connection -> RetentionTable.oldest(connection, cut, limit));
  }

  @Override
  public long count(Cut cut, long atMost) throws StoreException {
    return read(connection -> RetentionTable.count(connection, cut, atMost));
  }

  @Override
  public List<StoredEvent> read(List<Long> positions) throws StoreException {
    return positions.isEmpty()
        ? List.of()
        : read(connection -> EventTable.at(connection, positions));
  }

  @Override
  public boolean take(Turn turn) throws StoreException {
    return write(connection -> RetentionTable.take(connection, turn));
  }

  @Override
  public void giveBack(String holder) throws StoreException {
    write(connection -> RetentionTable.giveBack(connection, holder));
  }

  @Override
  public OptionalInt remove(Turn turn, List<Long> positions) throws StoreException {
    return write(
        connection ->
            RetentionTable.take(connection, turn)
                ? OptionalInt.of(RetentionTable.remove(connection, positions))
                : OptionalInt.empty());
  }

  private interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  private <T> T read(Work<T> work) throws StoreException {
    try (Connection connection = connections.reading()) {
      return work.on(connection);
    } catch (SQLException e) {
      throw failed(Kind.UNAVAILABLE, Reason.of(e), e);
    }
  }

  private <T> T write(Work<T> work) throws StoreException {
    try (Transaction transaction = Transaction.begin(connections, dialect, Transaction.SHORT)) {
      T result = work.on(transaction.connection());
      transaction.commit();
      return result;
    } catch (CommitLostException e) {
      throw failed(Kind.UNKNOWN, String.valueOf(e.getMessage()), e);
    } catch (SQLException e) {
      throw failed(Kind.UNAVAILABLE, Reason.of(e), e);
    }
  }

  private static StoreException failed(Kind kind, String reason, Exception cause) {
    return new StoreException(kind, "cannot remove old events: " + reason, cause);
  }
}
