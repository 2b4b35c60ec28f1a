package io.messagerelay.propagator.source.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to work on an outbox, which one propagator has at a time: a row of the table of leases.
 *
 * <pre>
 *   name     the outbox's table
 *   holder   who has it, for a person; empty when it was given back
 *   token    raised whenever it is taken; who has an older one has it no more
 *   expires  from when on anybody may take it, by the database's clock
 * </pre>
 *
 * <p>Having it is looked at, and renewed, at the beginning of the very transaction that changes
 * rows, and locks the lease's row until that ends: nobody takes it in between, and who was paused
 * before finds another token. Who was paused inside is ended by the server, with the transaction.
 * Used by one thread.
 */
final class Lease {
  /** So long after its holder's last transaction it is free. */
  static final int SECONDS = 4;

  private static final Logger LOG = LoggerFactory.getLogger(OutboxSource.class);
  private static final int NONE = 0;

  private final String name;
  private final String holder;
  private final Sql sql;

  private long token = NONE;
  private boolean certain;
  private boolean toldOfOther;

  /** Its statements. */
  record Sql(
      String find, String register, String look, String take, String renew, String giveBack) {
    static Sql of(Dialect dialect, OutboxTable table) {
      String leases = dialect.qualified(table, OutboxTable.LEASES);
      String now = dialect.now();
      String end = now + " + INTERVAL '" + SECONDS + "' SECOND";
      String ours = " WHERE name = ? AND holder = ? AND token = ?";
      return new Sql(
          "SELECT 1 FROM " + leases + " WHERE name = ?",
          dialect.insertOnce(
              "INSERT INTO %s (name, holder, token, expires) VALUES (?, '', 0, %s)"
                  .formatted(leases, now)),
          "SELECT holder, token, expires <= %s FROM %s WHERE name = ? FOR UPDATE SKIP LOCKED"
              .formatted(now, leases),
          "UPDATE %s SET holder = ?, token = ?, expires = %s WHERE name = ?".formatted(leases, end),
          "UPDATE %s SET expires = %s".formatted(leases, end) + ours,
          "UPDATE %s SET holder = '', expires = %s".formatted(leases, now) + ours);
    }
  }

  /**
   * @param name of the outbox
   * @param holder names this propagator; no other has it
   */
  Lease(String name, String holder, Sql sql) {
    this.name = name;
    this.holder = holder;
    this.sql = sql;
  }

  /** Whether it was ours when last looked at. */
  boolean isHeld() {
    return token != NONE;
  }

  /** Makes its row where there is none, in a transaction of its own. */
  void register(Connection connection) throws SQLException {
    try (PreparedStatement find = connection.prepareStatement(sql.find)) {
      find.setString(1, name);
      try (ResultSet row = find.executeQuery()) {
        if (row.next()) {
          connection.rollback();
          return;
        }
      }
    }
    try (PreparedStatement register = connection.prepareStatement(sql.register)) {
      register.setString(1, name);
      register.executeUpdate();
    }
    connection.commit();
  }

  /**
   * Renews it, or takes it when it is free; at the beginning of a transaction, before any row is
   * touched. False when another has it: then the transaction has changed nothing.
   */
  boolean hold(Connection connection) throws SQLException {
    if (isHeld()) {
      if (ours(connection, sql.renew) == 1) {
        return true;
      }
      lost();
    }
    return take(connection);
  }

  /** No word to anybody when it is not known to have been ours: the commit may have failed. */
  private void lost() {
    token = NONE;
    if (certain) {
      toldOfOther = true;
      LOG.warn(
          "another propagator has taken {} over while this one was held up; this one stands by",
          name);
    }
  }

  private boolean take(Connection connection) throws SQLException {
    try (PreparedStatement look = connection.prepareStatement(sql.look)) {
      look.setString(1, name);
      try (ResultSet row = look.executeQuery()) {
        if (!row.next()) {
          return standBy(null); // somebody is at work on it now
        }
        if (!row.getBoolean(3)) {
          return standBy(row.getString(1));
        }
        token = row.getLong(2) + 1;
      }
    }
    try (PreparedStatement take = connection.prepareStatement(sql.take)) {
      take.setString(1, holder);
      take.setLong(2, token);
      take.setString(3, name);
      take.executeUpdate();
    }
    certain = false;
    return true;
  }

  /** The transaction that held it was committed. */
  void committed() {
    if (!certain) {
      certain = true;
      toldOfOther = false;
      LOG.info("this propagator works on {} now (token {})", name, token);
    }
  }

  private boolean standBy(@Nullable String other) {
    if (!toldOfOther) {
      toldOfOther = true;
      LOG.info(
          "{} works on {}; this propagator stands by",
          other == null ? "another propagator" : other,
          name);
    }
    return false;
  }

  /** Lets another take it at once. The caller commits. */
  void giveBack(Connection connection) throws SQLException {
    ours(connection, sql.giveBack);
    token = NONE;
  }

  private int ours(Connection connection, String statement) throws SQLException {
    try (PreparedStatement change = connection.prepareStatement(statement)) {
      change.setString(1, name);
      change.setString(2, holder);
      change.setLong(3, token);
      return change.executeUpdate();
    }
  }
}
