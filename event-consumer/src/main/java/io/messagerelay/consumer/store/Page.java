package io.messagerelay.consumer.store;

import java.util.List;

/**
 * A short, contiguous piece of the store.
 *
 * @param from the lowest position, inclusive
 * @param before the highest position, exclusive
 * @param ascending oldest first; otherwise newest first
 * @param types only these; empty for all
 * @param limit 1 to 1,000
 */
public record Page(long from, long before, boolean ascending, List<String> types, int limit) {
  public Page {
    types = types.stream().distinct().toList();
  }

  public Page limitedTo(int events) {
    return new Page(from, before, ascending, types, events);
  }

  /** What comes behind this position, in its order. */
  public Page behind(long position) {
    return ascending
        ? new Page(position + 1, before, true, types, limit)
        : new Page(from, position, false, types, limit);
  }
}
