package io.messagerelay.consumer.store;

import java.time.Instant;
import java.util.List;

/**
 * How many events were stored, by hour and type; right at every commit. It costs the same however
 * many events there are. Shared by threads.
 */
public interface EventCounts {

  /**
   * The counts of the hours from one up to another, in the order of hours, then types.
   *
   * @param from the beginning of an hour, inclusive
   * @param before the beginning of an hour, exclusive
   * @param types only these, and those that share a row; empty for all
   * @param limit as many at most
   */
  List<HourCount> between(Instant from, Instant before, List<String> types, int limit)
      throws StoreException;
}
