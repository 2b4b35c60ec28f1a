package io.messagerelay.propagator.source.outbox;

import java.util.Map;
import java.util.Optional;

/**
 * The columns that an outbox has.
 *
 * @param types those there are, with the database's name of their type
 */
record Layout(Map<Column, String> types) {
  Layout {
    types = Map.copyOf(types);
  }

  boolean has(Column column) {
    return types.containsKey(column);
  }

  String type(Column column) {
    return Optional.ofNullable(types.get(column)).orElseThrow();
  }
}
