package io.messagerelay.consumer.query;

import static io.messagerelay.consumer.store.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.consumer.store.FakeEventStore;
import io.messagerelay.consumer.store.ManualClock;
import io.messagerelay.consumer.store.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How far a page looks, and where the next one goes on. */
final class FilteredListTest {
  private static final EventFilter ORDERS =
      new EventFilter(List.of(), List.of("order."), null, null, null);

  private final ManualClock clock = ManualClock.at("2026-01-01T12:00:00Z");
  private final CountingStore store = new CountingStore(new FakeEventStore(clock));
  private final EventList list = new EventList(store, clock);

  @Test
  void a_page_looks_at_ten_thousand_events_at_most_and_the_next_one_goes_on() throws Exception {
    fill(25_000, "x");
    store.append(List.of(event("needle", "t", "NEEDLE")));

    for (boolean ascending : new boolean[] {true, false}) {
      List<EventPage> pages = new ArrayList<>();
      @Nullable Cursor next = null;
      do {
        store.reset();
        EventPage page = list.read(query(ascending, text("needle"), next));
        assertThat(store.events()).isLessThanOrEqualTo(10_000);
        pages.add(page);
        next = page.next();
      } while (next != null);

      assertThat(pages.stream().flatMap(page -> page.events().stream()))
          .extracting(found -> found.event().id())
          .containsExactly("needle");
      assertThat(pages).hasSizeBetween(3, 4);
      assertThat(pages.get(1).events()).isEmpty();
    }
  }

  @Test
  void a_page_looks_at_sixteen_mebi_of_characters_at_most() throws Exception {
    fill(200, "x".repeat(250_000));

    for (boolean ascending : new boolean[] {true, false}) {
      store.reset();
      EventPage page = list.read(query(ascending, text("needle"), null));

      assertThat(store.characters()).isBetween(15L * 1024 * 1024, 16L * 1024 * 1024);
      assertThat(page.events()).isEmpty();
      assertThat(page.next()).isNotNull();
    }
  }

  @Test
  void a_page_with_a_rare_match_is_not_read_event_by_event() throws Exception {
    fill(5_000, "x");

    list.read(new EventQuery(1, true, text("needle"), null, null, null));

    assertThat(store.pages()).isLessThan(100);
  }

  @Test
  void a_page_of_which_all_pass_reads_no_event_in_vain() throws Exception {
    fill(500, "x");

    list.read(new EventQuery(137, true, EventFilter.ALL, null, null, null));

    assertThat(store.events()).isEqualTo(137);
  }

  @Test
  void a_follower_of_what_is_rare_is_not_led_over_the_same_events_again() throws Exception {
    fill(2_000, "x");
    EventPage page = list.read(query(true, text("needle"), null));
    assertThat(page.events()).isEmpty();
    store.reset();

    assertThat(list.read(query(true, text("needle"), page.next()))).isEqualTo(EventPage.EMPTY);
    assertThat(store.events()).isZero();

    store.append(List.of(event("needle", "t", "needle")));
    assertThat(ids(list.read(query(true, text("needle"), page.next())))).containsExactly("needle");
  }

  @Test
  void an_event_of_a_new_type_is_not_missed_that_comes_while_a_page_is_read() throws Exception {
    store.append(List.of(event("one", "order.a")));
    store.afterTypes(
        () -> {
          store.afterTypes(() -> {});
          store.append(List.of(event("two", "order.b"), event("three", "order.a")));
        });

    EventPage first = list.read(query(true, ORDERS, null));

    assertThat(ids(first)).containsExactly("one");
    assertThat(ids(list.read(query(true, ORDERS, first.next())))).containsExactly("two", "three");
  }

  @Test
  void a_prefix_of_no_type_gives_nothing_and_reads_next_to_nothing() throws Exception {
    fill(1_000, "x");

    EventPage page =
        list.read(
            query(true, new EventFilter(List.of(), List.of("none."), null, null, null), null));

    assertThat(page).isEqualTo(EventPage.EMPTY);
    assertThat(store.events()).isEqualTo(1);
  }

  @Test
  void a_prefix_of_rare_types_reads_only_events_of_them() throws Exception {
    fill(1_000, "x");
    store.append(List.of(event("a", "order.a"), event("b", "order.b"), event("c", "orders")));
    fill(1_000, "y");
    store.reset();

    EventPage page = list.read(query(true, ORDERS, null));

    assertThat(ids(page)).containsExactly("a", "b");
    assertThat(store.events()).isEqualTo(3);
  }

  @Test
  void a_prefix_of_very_many_types_is_looked_for_without_them() throws Exception {
    store.append(
        IntStream.range(0, 200).mapToObj(i -> event("a-" + i, "order." + i, "p")).toList());
    store.append(List.of(event("b", "other")));

    EventPage page = list.read(query(true, ORDERS, null));

    assertThat(page.events()).hasSize(100);
    assertThat(ids(list.read(query(true, ORDERS, page.next())))).hasSize(100);
  }

  private EventQuery query(boolean ascending, EventFilter filter, @Nullable Cursor cursor) {
    return new EventQuery(100, ascending, filter, null, null, cursor);
  }

  private static EventFilter text(String text) {
    return new EventFilter(List.of(), List.of(), null, text, null);
  }

  private void fill(int events, String payload) throws Exception {
    for (int i = 0; i < events; i++) {
      store.append(List.of(event(payload.charAt(0) + "-" + i, "t", payload)));
    }
  }

  private static List<String> ids(EventPage page) {
    return page.events().stream().map(StoredEvent::event).map(event -> event.id()).toList();
  }
}
