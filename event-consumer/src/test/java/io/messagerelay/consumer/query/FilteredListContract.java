package io.messagerelay.consumer.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.consumer.query.EventQuery.Reading;
import io.messagerelay.consumer.store.Database;
import io.messagerelay.consumer.store.EventStore;
import io.messagerelay.consumer.store.ManualClock;
import io.messagerelay.consumer.store.Page;
import io.messagerelay.consumer.store.StoredEvent;
import io.messagerelay.contract.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every form of a query means the same in every database. A subclass opens it. */
abstract class FilteredListContract {
  private static final String MINUTE = "2026-01-01T12:00";
  private static final int SECONDS = 50;
  private static final int QUERIES = 250;

  /** Small enough for many pages that end early, and some that are empty. */
  private static final Reach SHORT = new Reach(70, 16L * 1024 * 1024);

  final ManualClock clock = ManualClock.at(MINUTE + ":00Z");
  private Database database;

  abstract Database open(ManualClock at) throws Exception;

  @BeforeEach
  void begin() throws Exception {
    database = open(clock);
  }

  @AfterEach
  void end() {
    database.close();
  }

  @Test
  void gives_what_a_look_at_every_event_gives_page_by_page_in_both_orders() throws Exception {
    long seed = new Random().nextLong();
    RandomEvents random = new RandomEvents(new Random(seed));
    NaiveList naive = new NaiveList(store(random));
    EventList list = new EventList(database.events(), clock, SHORT);
    int empty = 0;
    int found = 0;
    for (int i = 0; i < QUERIES; i++) {
      Map<String, List<String>> parameters = random.parameters(MINUTE);
      List<StoredEvent> expected = naive.of(parameters);

      List<EventPage> pages = walk(list, parameters, expected.size());

      assertThat(pages.stream().flatMap(page -> page.events().stream()).toList())
          .as("seed %s, query %s: %s", seed, i, parameters)
          .isEqualTo(expected);
      empty +=
          (int)
              pages.stream().limit(pages.size() - 1L).filter(FilteredListContract::isEmpty).count();
      found += expected.size();
    }
    assertThat(found).isGreaterThan(QUERIES);
    assertThat(empty).as("pages that ended early with nothing").isPositive();
  }

  @Test
  void follows_what_is_asked_for_while_events_come() throws Exception {
    long seed = new Random().nextLong();
    RandomEvents random = new RandomEvents(new Random(seed));
    EventList list = new EventList(database.events(), clock, SHORT);
    for (int i = 0; i < 8; i++) {
      Map<String, List<String>> parameters = random.parameters(MINUTE);
      parameters.keySet().removeAll(List.of("order", "until", "since"));
      EventQuery query = read(parameters);
      List<StoredEvent> seen = new ArrayList<>();
      for (int round = 0; round < 12; round++) {
        append(random, i * 1_000 + round * 20, 20);
        EventPage page = list.read(query);
        seen.addAll(page.events());
        query = page.next() == null ? query : query.behind(page.next());
      }
      for (EventPage page = list.read(query); page.next() != null; page = list.read(query)) {
        seen.addAll(page.events());
        query = query.behind(page.next());
      }

      assertThat(seen)
          .as("seed %s, query %s: %s", seed, i, parameters)
          .isEqualTo(new NaiveList(all(database.events())).of(parameters));
    }
  }

  private List<StoredEvent> store(RandomEvents random) throws Exception {
    for (int second = 0; second < SECONDS; second++) {
      append(random, second * 20, 20);
      clock.advance(Duration.ofSeconds(1));
    }
    return all(database.events());
  }

  private void append(RandomEvents random, int first, int count) throws Exception {
    List<Event> group = new ArrayList<>();
    for (int i = first; i < first + count; i++) {
      group.add(random.event(i));
    }
    database.events().append(group);
  }

  private static List<StoredEvent> all(EventStore store) throws Exception {
    List<StoredEvent> all = new ArrayList<>();
    List<StoredEvent> more;
    do {
      more = store.page(new Page(all.size() + 1L, Long.MAX_VALUE, true, List.of(), 1_000));
      all.addAll(more);
    } while (!more.isEmpty());
    return all;
  }

  /** Ends with the page without next; one that never comes is found by the number of pages. */
  private List<EventPage> walk(EventList list, Map<String, List<String>> parameters, int expected)
      throws Exception {
    EventQuery query = read(parameters);
    List<EventPage> pages = new ArrayList<>();
    pages.add(list.read(query));
    while (pages.getLast().next() != null) {
      assertThat(pages).hasSizeLessThan(expected + SECONDS * 20 / SHORT.events() + 5);
      assertThat(pages.getLast().events()).hasSizeLessThanOrEqualTo(query.limit());
      query = query.behind(pages.getLast().next());
      pages.add(list.read(query));
    }
    return pages;
  }

  private EventQuery read(Map<String, List<String>> parameters) {
    String storeId = database.events().storeId();
    return ((Reading.Valid) EventQuery.read(parameters, storeId, clock.instant())).query();
  }

  private static boolean isEmpty(EventPage page) {
    return page.events().isEmpty();
  }
}
