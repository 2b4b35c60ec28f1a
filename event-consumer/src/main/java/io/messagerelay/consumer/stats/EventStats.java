package io.messagerelay.consumer.stats;

import io.messagerelay.consumer.store.EventCounts;
import io.messagerelay.consumer.store.HourCount;
import io.messagerelay.consumer.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** How many events were stored when. Shared by threads; blocks on the store. */
public final class EventStats {
  /** Of one page: what a store reads in some milliseconds. */
  static final Duration MOST_HOURS = Duration.ofDays(31);

  static final int MOST_COUNTS = 10_000;

  private final EventCounts counts;
  private final Clock clock;

  public EventStats(EventCounts counts, Clock clock) {
    this.counts = counts;
    this.clock = clock;
  }

  /** As {@link StatsQuery#read}, now. */
  public StatsQuery.Reading query(Map<String, List<String>> parameters) {
    return StatsQuery.read(parameters, clock.instant());
  }

  /** The first page of what is asked for: whole hours, at most {@value #MOST_COUNTS} counts. */
  public StatsPage read(StatsQuery query) throws StoreException {
    Instant until = earlier(query.until(), query.since().plus(MOST_HOURS));
    List<HourCount> read = counts.between(query.since(), until, query.types(), MOST_COUNTS + 1);
    if (read.size() > MOST_COUNTS) {
      until = read.getLast().hour();
      Instant end = until;
      read = read.stream().filter(count -> count.hour().isBefore(end)).toList();
    }
    return new StatsPage(query.since(), until, read, until.isBefore(query.until()));
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
