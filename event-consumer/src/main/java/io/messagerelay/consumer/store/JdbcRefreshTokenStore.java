package io.messagerelay.consumer.store;

import io.messagerelay.consumer.store.StoreException.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/**
 * Keeps refresh tokens beside the events, on the same connections. A crash before the commit of a
 * rotation leaves the old token good; after it the old one is spent, and a client that did not hear
 * of its successor logs in again.
 */
final class JdbcRefreshTokenStore implements RefreshTokenStore {
  private final Connections connections;
  private final Dialect dialect;

  JdbcRefreshTokenStore(Connections connections, Dialect dialect) {
    this.connections = connections;
    this.dialect = dialect;
  }

  @Override
  public void begin(byte[] hash, String account, String scope, Instant now, Instant expires)
      throws StoreException {
    inTransaction(
        connection -> {
          insert(connection, hash, new Token(hash, account, scope), now, expires);
          return true;
        });
  }

  @Override
  public Rotation rotate(byte[] spent, byte[] successor, Instant now, Instant expires)
      throws StoreException {
    return inTransaction(
        connection -> {
          boolean wasGood = spend(connection, spent, now);
          String sql =
              "SELECT family, account, scope FROM refresh_token"
                  + " WHERE hash = ? AND revoked = 0 AND expires > ?";
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setBytes(1, spent);
            select.setLong(2, Micros.of(now));
            try (ResultSet row = select.executeQuery()) {
              if (!row.next()) {
                return new Rotation.Unknown();
              }
              Token token = new Token(row.getBytes(1), row.getString(2), row.getString(3));
              return wasGood
                  ? succeed(connection, successor, token, now, expires)
                  : revoke(connection, token);
            }
          }
        });
  }

  /** Of two that spend one token at once, the second finds no row to change. */
  private static boolean spend(Connection connection, byte[] hash, Instant now)
      throws SQLException {
    String sql =
        "UPDATE refresh_token SET spent = ?"
            + " WHERE hash = ? AND spent IS NULL AND revoked = 0 AND expires > ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setLong(1, Micros.of(now));
      update.setBytes(2, hash);
      update.setLong(3, Micros.of(now));
      return update.executeUpdate() == 1;
    }
  }

  private static Rotation succeed(
      Connection connection, byte[] successor, Token token, Instant now, Instant expires)
      throws SQLException {
    insert(connection, successor, token, now, expires);
    return new Rotation.Rotated(token.account(), token.scope());
  }

  private static Rotation revoke(Connection connection, Token token) throws SQLException {
    String sql = "UPDATE refresh_token SET revoked = 1 WHERE family = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setBytes(1, token.family());
      update.executeUpdate();
    }
    return new Rotation.Reused(token.account());
  }

  private static void insert(
      Connection connection, byte[] hash, Token token, Instant now, Instant expires)
      throws SQLException {
    String sql =
        "INSERT INTO refresh_token (hash, family, account, scope, issued, expires)"
            + " VALUES (?, ?, ?, ?, ?, ?)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setBytes(1, hash);
      insert.setBytes(2, token.family());
      insert.setString(3, token.account());
      insert.setString(4, token.scope());
      insert.setLong(5, Micros.of(now));
      insert.setLong(6, Micros.of(expires));
      insert.executeUpdate();
    }
  }

  @Override
  public int forgetExpired(Instant now, int atMost) throws StoreException {
    String old = "SELECT hash FROM refresh_token WHERE expires < ? ORDER BY expires LIMIT ?";
    String sql = "DELETE FROM refresh_token WHERE hash IN (SELECT hash FROM (" + old + ") AS old)";
    return inTransaction(
        connection -> {
          try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setLong(1, Micros.of(now));
            delete.setInt(2, atMost);
            return delete.executeUpdate();
          }
        });
  }

  private interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  private <T> T inTransaction(Work<T> work) throws StoreException {
    try (Transaction transaction = Transaction.begin(connections, dialect, Transaction.SHORT)) {
      T result = work.on(transaction.connection());
      transaction.commit();
      return result;
    } catch (CommitLostException e) {
      throw new StoreException(
          Kind.UNKNOWN, "cannot tell whether a token was kept: " + Reason.of(e), e);
    } catch (SQLException e) {
      throw new StoreException(Kind.UNAVAILABLE, "cannot keep a token: " + Reason.of(e), e);
    }
  }

  /** What a token passes on to its successor. */
  private record Token(byte[] family, String account, String scope) {}
}
