package io.messagerelay.propagator.source.outbox;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** What MySQL and PostgreSQL say differently. Shared by threads. */
interface Dialect {
  /** The longest wait for a connection. */
  Duration CONNECT = Duration.ofSeconds(5);

  /** The longest wait for an answer: a look over many removed rows takes its time. */
  Duration ANSWER = Duration.ofSeconds(30);

  /** The longest wait for a lock. */
  Duration LOCK = Duration.ofSeconds(3);

  /**
   * After which the server ends a session that says nothing, and its transaction: it bounds how
   * long a frozen propagator keeps the lease's row locked.
   */
  Duration IDLE = Duration.ofSeconds(4);

  /** Why a statement failed. */
  enum Failure {
    /** The login, or a right. */
    DENIED,
    /** The database, a table or a column is not there. */
    MISSING,
    /** Anything else; may be well the next time. */
    PASSING
  }

  static Dialect of(OutboxServer.Kind kind) {
    return switch (kind) {
      case MYSQL -> new MysqlDialect();
      case POSTGRESQL -> new PostgresDialect();
    };
  }

  /** A connection in READ COMMITTED and out of auto-commit, all of whose waits have a limit. */
  default Connection connect(OutboxServer server) throws SQLException {
    // To the drivers it has the URL that a person writes.
    Connection connection = DriverManager.getConnection("jdbc:" + server, properties(server));
    try {
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException e) {
      connection.abort(Runnable::run);
      throw e;
    }
  }

  /** Of such a connection, as the driver names them. */
  Properties properties(OutboxServer server);

  String quote(String identifier);

  /** An account as a GRANT names it. */
  String account(String user);

  /** A column's name as {@link #columns} gives it. */
  String folded(String column);

  /** The database's time, to the microsecond, also inside a transaction. */
  String now();

  /** Makes of an INSERT one that leaves alone what is there. */
  String insertOnce(String insert);

  /**
   * The columns of the table and their types, by name; empty when it is not there or cannot be
   * seen.
   */
  Map<String, String> columns(Connection connection, OutboxTable table) throws SQLException;

  /** Whether a unique index holds this column alone. */
  boolean isUnique(Connection connection, OutboxTable table, String column) throws SQLException;

  /** Whether a column of this type can hold what it has to. */
  boolean fits(Column column, String type);

  /** The type that the shipped table gives the column. */
  String typeOf(Column column);

  /** The statement that makes the table of leases, in one line. */
  String createLeases(String table);

  /** The statement that makes the index for {@link Done#MARK}. */
  String createIndex(OutboxTable table);

  Rows rows(OutboxTable table, Layout layout);

  Failure failure(SQLException e);

  /** With its schema, in quotes. */
  default String qualified(OutboxTable table, String name) {
    Optional<String> schema = table.schema();
    return schema.map(it -> quote(it) + ".").orElse("") + quote(name);
  }
}
