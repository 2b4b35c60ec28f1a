package io.messagerelay.consumer.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.consumer.store.EventCounts;
import io.messagerelay.consumer.store.HourCount;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventStatsTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final List<HourCount> kept = new ArrayList<>();
  private final EventCounts counts =
      (from, before, types, limit) ->
          kept.stream()
              .filter(c -> !c.hour().isBefore(from) && c.hour().isBefore(before))
              .limit(limit)
              .toList();
  private final EventStats stats =
      new EventStats(counts, Clock.fixed(Instant.parse("2026-06-01T00:00:00Z"), ZoneOffset.UTC));

  private void keep(int hours, int types) {
    for (int hour = 0; hour < hours; hour++) {
      for (int type = 0; type < types; type++) {
        Instant begin = START.plus(Duration.ofHours(hour));
        kept.add(new HourCount(begin, "t" + type, 1, 0));
      }
    }
  }

  private StatsPage page(Instant since, Duration length) throws Exception {
    return stats.read(new StatsQuery(since, since.plus(length), List.of()));
  }

  @Test
  void a_page_that_holds_all_is_the_last_one() throws Exception {
    keep(48, 3);

    StatsPage page = page(START, Duration.ofDays(2));

    assertThat(page.counts()).isEqualTo(kept);
    assertThat(page.more()).isFalse();
    assertThat(page.until()).isEqualTo(START.plus(Duration.ofDays(2)));
  }

  @Test
  void a_page_covers_31_days_at_most() throws Exception {
    keep(24 * 40, 1);

    StatsPage page = page(START, Duration.ofDays(40));

    assertThat(page.counts()).hasSize(24 * 31);
    assertThat(page.until()).isEqualTo(START.plus(Duration.ofDays(31)));
    assertThat(page.more()).isTrue();
  }

  @Test
  void pages_of_many_types_end_between_hours_and_together_hold_everything() throws Exception {
    keep(300, 101);
    List<HourCount> seen = new ArrayList<>();
    Instant since = START;
    boolean more = true;
    while (more) {
      Instant end = START.plus(Duration.ofHours(300));
      StatsPage page = stats.read(new StatsQuery(since, end, List.of()));
      assertThat(page.counts().size())
          .isBetween(1, EventStats.MOST_COUNTS)
          .matches(n -> n % 101 == 0);
      seen.addAll(page.counts());
      since = page.until();
      more = page.more();
    }

    assertThat(seen).isEqualTo(kept);
  }

  @Test
  void a_range_that_ends_before_it_begins_is_empty() throws Exception {
    keep(5, 1);

    StatsPage page = stats.read(new StatsQuery(START.plusSeconds(7_200), START, List.of()));

    assertThat(page.counts()).isEmpty();
    assertThat(page.more()).isFalse();
  }
}
