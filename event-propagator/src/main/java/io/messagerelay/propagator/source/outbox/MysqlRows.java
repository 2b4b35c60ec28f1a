package io.messagerelay.propagator.source.outbox;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of an outbox in MySQL or MariaDB. */
final class MysqlRows implements Rows {
  private final String settle;
  private final KeyForm form;
  private final SelectRows select;

  private MysqlRows(String settle, KeyForm form, SelectRows select) {
    this.settle = settle;
    this.form = form;
    this.select = select;
  }

  /** How a key is written as text. */
  enum KeyForm {
    NUMBER,
    TEXT,
    /** As hexadecimal digits. */
    BINARY;

    static Optional<KeyForm> of(String type) {
      return switch (type) {
        case "tinyint", "smallint", "mediumint", "int", "bigint" -> Optional.of(NUMBER);
        case "char", "varchar", "uuid" -> Optional.of(TEXT);
        case "binary", "varbinary" -> Optional.of(BINARY);
        default -> Optional.empty();
      };
    }

    String parameter() {
      return this == BINARY ? "UNHEX(?)" : "?";
    }

    String read(String column) {
      return this == BINARY ? "HEX(" + column + ")" : column;
    }

    /** A number that came as text would be compared as a floating point number. */
    void set(PreparedStatement statement, int at, String key) throws SQLException {
      if (this == NUMBER) {
        statement.setBigDecimal(at, new BigDecimal(key));
      } else {
        statement.setString(at, key);
      }
    }
  }

  static MysqlRows of(Dialect dialect, OutboxTable table, Layout layout) {
    KeyForm form = KeyForm.of(layout.type(Column.ID)).orElseThrow();
    var parts = new Parts(dialect, table, layout, form);
    return new MysqlRows(parts.settle(), form, SelectRows.of(parts, table, layout));
  }

  private record Parts(Dialect dialect, OutboxTable outbox, Layout layout, KeyForm form)
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
      String name = column(column);
      return layout.type(column).equals("json") ? "CAST(" + name + " AS CHAR)" : name;
    }

    @Override
    public String key() {
      return form.read(column(Column.ID));
    }

    @Override
    public String parameter() {
      return form.parameter();
    }

    /** One key a statement: for several the server may read the whole of a small table. */
    String settle() {
      String isKey = column(Column.ID) + " = " + parameter();
      return switch (outbox.done()) {
        case DELETE -> "DELETE FROM %s WHERE %s".formatted(table(), isKey);
        case MARK ->
            "UPDATE %1$s SET %2$s = CURRENT_TIMESTAMP(6) WHERE %2$s IS NULL AND %3$s"
                .formatted(table(), column(Column.DONE_AT), isKey);
      };
    }
  }

  /**
   * Locks no other row. A statement that reads rows that it does not want waits for those that
   * others have just inserted, and under load for one after the other. The driver sends all of them
   * at once.
   */
  @Override
  public void settle(Connection connection, List<String> keys) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(settle)) {
      for (String key : keys) {
        form.set(statement, 1, key);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  @Override
  public PreparedStatement all(Connection connection, @Nullable String mark, int atMost)
      throws SQLException {
    return mark == null
        ? prepare(connection, select.all(), null, atMost)
        : prepare(connection, select.allAndWhetherAbove(), mark, atMost);
  }

  @Override
  public PreparedStatement above(Connection connection, String mark, int atMost)
      throws SQLException {
    return prepare(connection, select.above(), mark, atMost);
  }

  private PreparedStatement prepare(
      Connection connection, String sql, @Nullable String mark, int atMost) throws SQLException {
    PreparedStatement statement =
        connection.prepareStatement(sql, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
    // The driver's word for: row by row, as they come.
    statement.setFetchSize(Integer.MIN_VALUE);
    if (mark != null) {
      form.set(statement, 1, mark);
    }
    statement.setInt(mark == null ? 1 : 2, atMost);
    return statement;
  }
}
