package io.messagerelay.propagator.source.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of an outbox in PostgreSQL. Keys travel as text, whatever their type. */
final class PostgresRows implements Rows {
  /** Rows that come at once, each with a payload of 256 KiB at most. */
  private static final int FETCH = 32;

  private final String settle;
  private final SelectRows select;

  private PostgresRows(String settle, SelectRows select) {
    this.settle = settle;
    this.select = select;
  }

  static PostgresRows of(Dialect dialect, OutboxTable table, Layout layout) {
    var parts = new Parts(dialect, table, layout.type(Column.ID));
    return new PostgresRows(parts.settle(), SelectRows.of(parts, table, layout));
  }

  private record Parts(Dialect dialect, OutboxTable outbox, String keyType)
      implements SelectRows.Parts {
    @Override
    public String table() {
      return dialect.qualified(outbox, outbox.name());
    }

    @Override
    public String column(Column column) {
      return dialect.quote(outbox.column(column));
    }

    @Override
    public String text(Column column) {
      return "CAST(" + column(column) + " AS text)";
    }

    @Override
    public String key() {
      return text(Column.ID);
    }

    @Override
    public String parameter() {
      return "CAST(? AS " + keyType + ")";
    }

    /** Parameter: an array of keys. */
    String settle() {
      String these =
          "%s = ANY (CAST(CAST(? AS text[]) AS %s[]))".formatted(column(Column.ID), keyType);
      return switch (outbox.done()) {
        case DELETE -> "DELETE FROM %s WHERE %s".formatted(table(), these);
        case MARK ->
            "UPDATE %1$s SET %2$s = clock_timestamp() WHERE %2$s IS NULL AND %3$s"
                .formatted(table(), column(Column.DONE_AT), these);
      };
    }
  }

  @Override
  public void settle(Connection connection, List<String> keys) throws SQLException {
    if (keys.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(settle)) {
      statement.setArray(1, connection.createArrayOf("text", keys.toArray()));
      statement.executeUpdate();
    }
  }

  @Override
  public SelectRows select() {
    return select;
  }

  @Override
  public PreparedStatement prepare(
      Connection connection, String sql, @Nullable String mark, int atMost) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    statement.setFetchSize(FETCH);
    if (mark != null) {
      statement.setString(1, mark);
    }
    statement.setInt(mark == null ? 1 : 2, atMost);
    return statement;
  }
}
