package io.messagerelay.consumer.stats;

import io.messagerelay.consumer.store.HourCount;
import java.time.Instant;
import java.util.List;

/**
 * Counts of some hours, all that there are of each.
 *
 * @param since where it begins, inclusive
 * @param until where it ends, exclusive: what was asked for, or before it
 * @param more whether it ends before what was asked for; the next page begins at {@code until}
 */
public record StatsPage(Instant since, Instant until, List<HourCount> counts, boolean more) {
  public StatsPage {
    counts = List.copyOf(counts);
  }
}
