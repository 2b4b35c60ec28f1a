package io.messagerelay.consumer.query;

import static io.messagerelay.consumer.store.TestEvents.event;
import static io.messagerelay.consumer.store.TestEvents.events;
import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.consumer.store.FakeEventStore;
import io.messagerelay.consumer.store.ManualClock;
import io.messagerelay.consumer.store.StoredEvent;
import io.messagerelay.contract.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class EventListTest {
  private final ManualClock clock = ManualClock.at("2026-01-01T12:00:00Z");
  private final FakeEventStore store = new FakeEventStore(clock);
  private final EventList list = new EventList(store, clock);

  @Test
  void goes_forwards_page_by_page_and_ends_without_next() throws Exception {
    store.append(events("a", 0, 250));

    assertThat(walk(ascending(100, null)))
        .containsExactly(range(1, 100), range(101, 200), range(201, 250), List.of());
  }

  @Test
  void goes_backwards_until_a_page_is_not_full() throws Exception {
    store.append(events("a", 0, 250));

    assertThat(walk(descending(100, null)))
        .containsExactly(down(250, 151), down(150, 51), down(50, 1));
  }

  @Test
  void ends_backwards_with_an_empty_page_when_the_last_one_was_full() throws Exception {
    store.append(events("a", 0, 4));

    assertThat(walk(descending(2, null))).containsExactly(down(4, 3), down(2, 1), List.of());
  }

  @Test
  void gives_a_follower_what_came_since_its_last_cursor() throws Exception {
    store.append(events("a", 0, 3));
    Cursor last = list.read(ascending(100, null)).next();
    assertThat(list.read(ascending(100, last)).events()).isEmpty();

    store.append(events("b", 0, 2));

    assertThat(positions(list.read(ascending(100, last)))).containsExactly(4L, 5L);
  }

  @Test
  void has_no_next_for_an_empty_store() throws Exception {
    assertThat(list.read(ascending(100, null))).isEqualTo(EventPage.EMPTY);
    assertThat(list.read(descending(100, null))).isEqualTo(EventPage.EMPTY);
  }

  @Test
  void takes_since_inclusive_and_until_exclusive() throws Exception {
    storeAt("2026-01-01T12:00:01Z", "a");
    storeAt("2026-01-01T12:00:02Z", "b");
    storeAt("2026-01-01T12:00:03Z", "c");

    assertThat(between("2026-01-01T12:00:01Z", "2026-01-01T12:00:03Z")).containsExactly(1L, 2L);
    assertThat(between("2026-01-01T12:00:01.000000001Z", "2026-01-01T12:00:03.000000001Z"))
        .containsExactly(2L, 3L);
    assertThat(between(null, "2026-01-01T12:00:02Z")).containsExactly(1L);
    assertThat(between("2026-01-01T12:00:03Z", null)).containsExactly(3L);
    assertThat(between("2026-01-01T12:00:04Z", null)).isEmpty();
    assertThat(between(null, "2026-01-01T12:00:09Z")).containsExactly(1L, 2L, 3L);
    assertThat(between(null, "2026-01-01T12:00:01Z")).isEmpty();
    assertThat(between("2026-01-01T12:00:03Z", "2026-01-01T12:00:01Z")).isEmpty();
  }

  @Test
  void goes_backwards_from_until_to_since() throws Exception {
    for (int second = 10; second < 20; second++) {
      storeAt("2026-01-01T12:00:" + second + "Z", "a-" + second);
    }
    EventQuery query =
        new EventQuery(
            2,
            false,
            EventFilter.ALL,
            Instant.parse("2026-01-01T12:00:12Z"),
            Instant.parse("2026-01-01T12:00:17Z"),
            null);

    assertThat(walk(query)).containsExactly(down(7, 6), down(5, 4), down(3, 3));
  }

  @Test
  void follows_one_type_among_many() throws Exception {
    store.append(IntStream.range(0, 600).mapToObj(i -> event("a-" + i, "type-" + i % 3)).toList());
    EventQuery query = new EventQuery(150, true, EventFilter.ofTypes("type-1"), null, null, null);

    List<List<Long>> pages = walk(query);

    assertThat(pages).extracting(List::size).containsExactly(150, 50, 0);
    assertThat(pages.getFirst()).startsWith(2L, 5L, 8L);
  }

  @Test
  void cuts_a_page_of_very_large_events_and_says_where_to_go_on() throws Exception {
    List<Event> large =
        IntStream.range(0, 250)
            .mapToObj(i -> event("a-" + i, "t", "x".repeat(256 * 1024)))
            .toList();
    store.append(large);

    for (boolean ascending : new boolean[] {true, false}) {
      List<List<Long>> pages =
          walk(new EventQuery(1_000, ascending, EventFilter.ALL, null, null, null));

      assertThat(pages).hasSizeGreaterThan(2).allMatch(page -> page.size() <= 16);
      assertThat(pages.stream().flatMap(List::stream)).hasSize(250).doesNotHaveDuplicates();
    }
  }

  private void storeAt(String time, String id) throws Exception {
    clock.set(time);
    store.append(List.of(event(id)));
  }

  private List<Long> between(@Nullable String since, @Nullable String until) throws Exception {
    return positions(
        list.read(
            new EventQuery(
                100,
                true,
                EventFilter.ALL,
                since == null ? null : Instant.parse(since),
                until == null ? null : Instant.parse(until),
                null)));
  }

  /** The pages from here to the one without next. */
  private List<List<Long>> walk(EventQuery query) throws Exception {
    List<List<Long>> pages = new ArrayList<>();
    EventPage page = list.read(query);
    pages.add(positions(page));
    while (page.next() != null) {
      page = list.read(query.behind(page.next()));
      pages.add(positions(page));
    }
    return pages;
  }

  private static EventQuery ascending(int limit, @Nullable Cursor cursor) {
    return new EventQuery(limit, true, EventFilter.ALL, null, null, cursor);
  }

  private static EventQuery descending(int limit, @Nullable Cursor cursor) {
    return new EventQuery(limit, false, EventFilter.ALL, null, null, cursor);
  }

  private static List<Long> positions(EventPage page) {
    return page.events().stream().map(StoredEvent::position).toList();
  }

  private static List<Long> range(long low, long high) {
    return LongStream.rangeClosed(low, high).boxed().toList();
  }

  private static List<Long> down(long high, long low) {
    return range(low, high).reversed();
  }
}
