package io.messagerelay.propagator.source.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The statements on an outbox's rows. Each runs in the connection's transaction. */
interface Rows {
  /** A row at most of whose payload this many bytes are loaded whole. */
  int PAYLOAD_BYTES = 256 * 1024;

  /** So many characters are loaded of a larger one. */
  int EXCERPT = 32 * 1024;

  /** Deletes or marks these rows, as far as they are there and not done. */
  void settle(Connection connection, List<String> keys) throws SQLException;

  /** The statements of both looks. */
  SelectRows select();

  /**
   * Makes one of them ready.
   *
   * @param mark for the statement's first parameter; {@code null} where it has but the limit
   */
  PreparedStatement prepare(Connection connection, String sql, @Nullable String mark, int atMost)
      throws SQLException;

  /**
   * Looks over all rows that are not done, in the key's order. The columns of both looks are those
   * of {@link Row#read}.
   *
   * @param mark tells which of them are above it; {@code null} for all
   */
  default PreparedStatement all(Connection connection, @Nullable String mark, int atMost)
      throws SQLException {
    String sql = mark == null ? select().all() : select().allAndWhetherAbove();
    return prepare(connection, sql, mark, atMost);
  }

  /** Looks over those above the mark alone. */
  default PreparedStatement above(Connection connection, String mark, int atMost)
      throws SQLException {
    return prepare(connection, select().above(), mark, atMost);
  }
}
