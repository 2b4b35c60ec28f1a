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
  /** Keys in one statement; each takes the server a moment to parse. */
  private static final int AT_ONCE = 100;

  private final Settling settling;
  private final KeyForm form;
  private final SelectRows select;

  private MysqlRows(Settling settling, KeyForm form, SelectRows select) {
    this.settling = settling;
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
    return new MysqlRows(parts.settling(), form, SelectRows.of(parts, table, layout));
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

    Settling settling() {
      String key = column(Column.ID);
      String keys = " (SELECT %s AS id FROM %s WHERE FALSE".formatted(key, table());
      String rows = ") AS k STRAIGHT_JOIN %s AS o ON o.%s = k.id".formatted(table(), key);
      String one = " UNION ALL SELECT " + parameter();
      return switch (outbox.done()) {
        case DELETE -> new Settling("DELETE o FROM" + keys, one, rows);
        case MARK ->
            new Settling(
                "UPDATE" + keys,
                one,
                rows
                    + " SET o.%1$s = CURRENT_TIMESTAMP(6) WHERE o.%1$s IS NULL"
                        .formatted(column(Column.DONE_AT)));
      };
    }
  }

  /**
   * The statement that settles rows. It looks up one after the other in the key's index: a
   * statement that reads rows that it does not want, as {@code IN} does in a small table, waits for
   * those that others have just inserted, and under load for one after the other.
   *
   * @param before ends in a selection of no key, but from the key's column: those that follow
   *     become of its type and collation, without which the index would not be used
   * @param key one
   */
  private record Settling(String before, String key, String after) {
    String of(int keys) {
      return before + key.repeat(keys) + after;
    }
  }

  @Override
  public void settle(Connection connection, List<String> keys) throws SQLException {
    for (int from = 0; from < keys.size(); from += AT_ONCE) {
      List<String> some = keys.subList(from, Math.min(from + AT_ONCE, keys.size()));
      try (PreparedStatement statement = connection.prepareStatement(settling.of(some.size()))) {
        for (int i = 0; i < some.size(); i++) {
          form.set(statement, i + 1, some.get(i));
        }
        statement.executeUpdate();
      }
    }
  }

  @Override
  public SelectRows select() {
    return select;
  }

  @Override
  public PreparedStatement prepare(
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
