package io.messagerelay.consumer.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * SQLite. Says BEGIN IMMEDIATE and COMMIT itself on connections that the driver leaves in
 * auto-commit: the driver's own transactions begin late, or stay begun.
 */
final class SqliteDialect implements Dialect {

  /**
   * Takes the file's one write lock, waiting for it at most the connection's busy time-out; the
   * statements after it wait for nobody.
   */
  @Override
  public void begin(Connection connection, Duration patience) throws SQLException {
    say(connection, "BEGIN IMMEDIATE");
  }

  @Override
  public void commit(Connection connection) throws SQLException {
    say(connection, "COMMIT");
  }

  @Override
  public void rollback(Connection connection) throws SQLException {
    say(connection, "ROLLBACK");
  }

  @Override
  public String addingToCount() {
    return " ON CONFLICT (hour, type) DO UPDATE SET arrived = arrived + excluded.arrived";
  }

  /**
   * Copies the log into the file, over what stood there, and cuts it to nothing. Waits for readers
   * at most as long as for the write lock.
   */
  @Override
  public boolean forget(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
      return result.next() && result.getInt("busy") == 0;
    }
  }

  private static void say(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** SQLite has no SQLState; its result codes are at https://sqlite.org/rescode.html. */
  @Override
  public Failure failure(SQLException e) {
    if (!(e instanceof SQLiteException refusal)) {
      return Failure.UNAVAILABLE;
    }
    SQLiteErrorCode code = refusal.getResultCode();
    return switch (code) {
      case SQLITE_CONSTRAINT_UNIQUE, SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_ROWID ->
          Failure.REPEATED;
      case SQLITE_TOOBIG, SQLITE_MISMATCH -> Failure.REFUSED;
      // The low byte is the kind of an extended code.
      default ->
          (code.code & 0xff) == SQLiteErrorCode.SQLITE_CONSTRAINT.code
              ? Failure.REFUSED
              : Failure.UNAVAILABLE;
    };
  }
}
