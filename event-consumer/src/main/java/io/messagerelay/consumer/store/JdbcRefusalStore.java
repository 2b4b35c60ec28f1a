package io.messagerelay.consumer.store;

import io.messagerelay.consumer.store.StoreException.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps refusals beside the events, on the same connections. A crash before a commit leaves none of
 * its refusals, which nobody was promised.
 */
final class JdbcRefusalStore implements RefusalStore {
  private static final String INSERT =
      "INSERT INTO refusal (time, account, event_id, type, reasons, beginning)"
          + " VALUES (?, ?, ?, ?, ?, ?)";
  private static final String PAGE =
      "SELECT id, time, account, event_id, type, reasons, beginning FROM refusal"
          + " WHERE id < ? ORDER BY id DESC LIMIT ?";
  private static final String OLD =
      "SELECT id FROM refusal WHERE time < ? ORDER BY time, id LIMIT ?";
  private static final String TOO_MANY =
      "SELECT id FROM refusal WHERE id <= (SELECT MAX(id) FROM refusal) - ? ORDER BY id LIMIT ?";

  private final Connections connections;
  private final Dialect dialect;

  JdbcRefusalStore(Connections connections, Dialect dialect) {
    this.connections = connections;
    this.dialect = dialect;
  }

  @Override
  public void keep(List<Refusal> refusals) throws StoreException {
    inTransaction(
        connection -> {
          try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (Refusal refusal : refusals) {
              insert.setLong(1, Micros.of(refusal.time()));
              insert.setString(2, refusal.account());
              insert.setString(3, refusal.eventId());
              insert.setString(4, refusal.type());
              insert.setString(5, String.join("\n", refusal.reasons()));
              insert.setString(6, refusal.beginning());
              insert.executeUpdate();
            }
          }
          return refusals.size();
        });
  }

  @Override
  public List<Refusal.Kept> page(long before, int limit) throws StoreException {
    return new Reads(connections)
        .read("read refusals", connection -> page(connection, before, limit));
  }

  private static List<Refusal.Kept> page(Connection connection, long before, int limit)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(PAGE)) {
      select.setLong(1, before);
      select.setInt(2, limit);
      List<Refusal.Kept> page = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          page.add(new Refusal.Kept(row.getLong(1), refusal(row)));
        }
      }
      return page;
    }
  }

  private static Refusal refusal(ResultSet row) throws SQLException {
    return new Refusal(
        Micros.time(row.getLong(2)),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6).lines().toList(),
        row.getString(7));
  }

  @Override
  public int forget(Instant before, long most, int atMost) throws StoreException {
    return inTransaction(
        connection -> {
          int old = delete(connection, OLD, Micros.of(before), atMost);
          return old + delete(connection, TOO_MANY, most, atMost - old);
        });
  }

  private static int delete(Connection connection, String which, long bound, int atMost)
      throws SQLException {
    String sql = "DELETE FROM refusal WHERE id IN (SELECT id FROM (" + which + ") AS gone)";
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      delete.setLong(1, bound);
      delete.setInt(2, atMost);
      return delete.executeUpdate();
    }
  }

  private interface Work {
    int on(Connection connection) throws SQLException;
  }

  private int inTransaction(Work work) throws StoreException {
    try (Transaction transaction = Transaction.begin(connections, dialect, Transaction.SHORT)) {
      int rows = work.on(transaction.connection());
      transaction.commit();
      return rows;
    } catch (CommitLostException e) {
      throw new StoreException(
          Kind.UNKNOWN, "cannot tell whether refusals were kept: " + Reason.of(e), e);
    } catch (SQLException e) {
      throw new StoreException(Kind.UNAVAILABLE, "cannot keep refusals: " + Reason.of(e), e);
    }
  }
}
