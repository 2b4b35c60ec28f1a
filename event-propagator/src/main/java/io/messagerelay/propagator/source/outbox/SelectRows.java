package io.messagerelay.propagator.source.outbox;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The SELECT statements of an outbox.
 *
 * @param key the key's column, in quotes
 * @param mark the parameter that a key is given by
 */
record SelectRows(String columns, String table, String open, String key, String mark) {

  /** Puts it together of what the dialect gives. */
  static SelectRows of(Parts parts, OutboxTable table, Layout layout) {
    String payload = parts.text(Column.EVENT_PAYLOAD);
    String columns =
        Stream.of(
                parts.key(),
                orNull(parts, layout, Column.EVENT_ID),
                orNull(parts, layout, Column.EVENT_TYPE),
                orNull(parts, layout, Column.EVENT_KEY),
                orNull(parts, layout, Column.TRACEPARENT),
                "OCTET_LENGTH(%s)".formatted(payload),
                "CASE WHEN OCTET_LENGTH(%1$s) <= %2$d THEN %1$s ELSE LEFT(%1$s, %3$d) END"
                    .formatted(payload, Rows.PAYLOAD_BYTES, Rows.EXCERPT))
            .collect(Collectors.joining(", "));
    String open = table.done() == Done.MARK ? parts.column(Column.DONE_AT) + " IS NULL" : "1 = 1";
    return new SelectRows(columns, parts.table(), open, parts.column(Column.ID), parts.parameter());
  }

  /** How a dialect writes them. */
  interface Parts {
    /** The table, in quotes. */
    String table();

    /** A column, in quotes. */
    String column(Column column);

    /** A column as text. */
    String text(Column column);

    /** The key as text. */
    String key();

    /** Where a key is to be put. */
    String parameter();
  }

  private static String orNull(Parts parts, Layout layout, Column column) {
    return layout.has(column) ? parts.text(column) : "NULL";
  }

  /** Parameter: how many. */
  String all() {
    return select("1 = 1", open);
  }

  /** Parameters: the mark, how many. */
  String allAndWhetherAbove() {
    return select(key + " > " + mark, open);
  }

  /** Parameters: the mark, how many. */
  String above() {
    return select("1 = 1", open + " AND " + key + " > " + mark);
  }

  private String select(String above, String where) {
    // Without the table's name PostgreSQL would order by the text that the key is selected as.
    return "SELECT %s, %s FROM %s o WHERE %s ORDER BY o.%s LIMIT ?"
        .formatted(columns, above, table, where, key);
  }
}
