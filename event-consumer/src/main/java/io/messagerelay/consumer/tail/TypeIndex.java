package io.messagerelay.consumer.tail;

import io.messagerelay.consumer.query.EventFilter;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The events of a {@link Ring} by type, so that who wants one type looks at nothing else. Not
 * shared by threads.
 */
final class TypeIndex {
  private static final int FORGOTTEN_TYPES = 1_000;

  /** By position; none is empty. */
  private final Map<String, NavigableMap<Long, Ring.Kept>> types = new HashMap<>();

  private final Forgotten forgotten = new Forgotten(FORGOTTEN_TYPES);

  void reset(long position) {
    types.clear();
    forgotten.reset(position);
  }

  void add(Ring.Kept kept) {
    types.computeIfAbsent(kept.type(), _ -> new TreeMap<>()).put(kept.position(), kept);
  }

  /** Lets go of the oldest of all. */
  void forget(Ring.Kept oldest) {
    forgotten.add(oldest.type(), oldest.position());
    types.computeIfPresent(
        oldest.type(),
        (_, events) -> {
          events.pollFirstEntry();
          return events.isEmpty() ? null : events;
        });
  }

  /**
   * Behind it nothing is missing of what the filter lets pass.
   *
   * @param base the same for all types; of some it may be less
   */
  long completeBehind(EventFilter filter, long base) {
    return filter.isOfAnyType() || !filter.prefixes().isEmpty()
        ? base
        : filter.types().stream().mapToLong(forgotten::of).max().orElse(base);
  }

  /** Events by position, for each type that the filter lets pass. */
  Stream<NavigableMap<Long, Ring.Kept>> of(EventFilter filter) {
    return filter.prefixes().isEmpty()
        ? filter.types().stream().map(types::get).filter(Objects::nonNull)
        : types.entrySet().stream()
            .filter(type -> filter.isOfType(type.getKey()))
            .map(Map.Entry::getValue);
  }
}
