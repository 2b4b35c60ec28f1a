package io.messagerelay.propagator.source.file;

import java.util.Set;
import java.util.TreeSet;

/**
 * What of the files is replayed, and under which ids.
 *
 * @param from the first item, counted over all files; 1 for all
 * @param types only events of these; empty for all
 * @param newIds a new id for every event, also in place of its own
 */
public record ReplayOptions(long from, Set<String> types, boolean newIds) {
  public ReplayOptions {
    types = Set.copyOf(types);
  }

  /** The same for the same options. */
  String key() {
    return "from=%d types=%s new=%s".formatted(from, new TreeSet<>(types), newIds);
  }
}
