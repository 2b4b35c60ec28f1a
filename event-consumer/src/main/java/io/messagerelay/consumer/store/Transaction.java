package io.messagerelay.consumer.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * One write transaction. Closing it without {@link #commit} undoes it. A crash before the commit
 * leaves nothing of it, a crash after it leaves all. Used by one thread.
 */
final class Transaction implements AutoCloseable {
  /**
   * The patience of one that somebody waits for who must hear within two seconds. An encrypted
   * connection that is given up takes as long again to close.
   */
  static final Duration SHORT = Duration.ofMillis(700);

  /** The patience of one that stores events: a slow disk is no reason to begin again. */
  static final Duration LONG = Duration.ofSeconds(10);

  private final Connections connections;
  private final Dialect dialect;
  private final Connection connection;
  private boolean open = true;
  private boolean committed;

  private Transaction(Connections connections, Dialect dialect, Connection connection) {
    this.connections = connections;
    this.dialect = dialect;
    this.connection = connection;
  }

  /** Whose statements wait at most {@code patience} each. */
  static Transaction begin(Connections connections, Dialect dialect, Duration patience)
      throws SQLException {
    Connection connection = connections.writing();
    try {
      dialect.begin(connection, patience);
    } catch (SQLException | RuntimeException e) {
      connections.discard(connection);
      throw e;
    }
    return new Transaction(connections, dialect, connection);
  }

  Connection connection() {
    return connection;
  }

  /**
   * @throws CommitLostException when the outcome is not known; the connection is closed then, so
   *     that whoever looks afterwards sees what will stay
   */
  void commit() throws CommitLostException {
    try {
      dialect.commit(connection);
      committed = true;
    } catch (SQLException e) {
      open = false;
      connections.discard(connection);
      throw new CommitLostException(e);
    }
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      giveBack();
    }
  }

  /**
   * A connection that cannot roll back, because it broke or did so by itself, is of no more use.
   */
  private void giveBack() {
    try {
      if (!committed) {
        dialect.rollback(connection);
      }
      connection.close();
    } catch (SQLException e) {
      connections.discard(connection);
    }
  }
}
