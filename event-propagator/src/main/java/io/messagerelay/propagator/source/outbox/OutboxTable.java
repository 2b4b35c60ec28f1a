package io.messagerelay.propagator.source.outbox;

import java.util.Map;
import java.util.Optional;

/**
 * The table that an outbox is, by the names that the database has.
 *
 * @param schema empty for the connection's own
 * @param mapped the columns that are called otherwise
 */
public record OutboxTable(
    Optional<String> schema,
    String name,
    Map<Column, String> mapped,
    Done done,
    PayloadForm payloads) {
  /** Beside the outbox, and shared by all outboxes of the schema. */
  static final String LEASES = "outbox_lease";

  public OutboxTable {
    mapped = Map.copyOf(mapped);
  }

  String column(Column column) {
    return mapped.getOrDefault(column, column.defaultName());
  }

  /** Whether it has to be there. */
  boolean needs(Column column) {
    return column.isNeeded()
        || mapped.containsKey(column)
        || (column == Column.DONE_AT && done == Done.MARK);
  }

  /** As it is set: {@code outbox}, {@code schema.outbox}. */
  @Override
  public String toString() {
    return schema.map(name -> name + ".").orElse("") + name;
  }
}
