package io.messagerelay.consumer.store;

import static io.messagerelay.consumer.store.TestEvents.event;
import static io.messagerelay.consumer.store.TestEvents.events;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.messagerelay.consumer.store.EventStore.Appended;
import io.messagerelay.consumer.store.EventStore.Appended.Conflict;
import io.messagerelay.consumer.store.EventStore.Appended.Duplicate;
import io.messagerelay.consumer.store.EventStore.Appended.Stored;
import io.messagerelay.contract.Event;
import io.messagerelay.contract.Payload;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every event store keeps to. A store is tested by a subclass that opens it. */
abstract class EventStoreContract {
  static final String NOON = "2026-01-01T12:00:00Z";

  final ManualClock clock = ManualClock.at(NOON);

  /** An empty store on {@link #clock}; the same one for the whole of a test. */
  abstract EventStore store();

  /** From now on the store refuses rows of this type. */
  abstract void refuse(String type) throws Exception;

  @Test
  void gives_positions_from_1_in_the_order_of_the_group() throws Exception {
    assertThat(store().append(events("a", 0, 3)))
        .containsExactly(new Stored(1), new Stored(2), new Stored(3));
    assertThat(store().append(events("b", 0, 2))).containsExactly(new Stored(4), new Stored(5));

    assertThat(ids(all())).containsExactly("a-0", "a-1", "a-2", "b-0", "b-1");
  }

  @Test
  void stores_the_largest_request_whole() throws Exception {
    assertThat(store().append(events("a", 0, 1_000))).hasSize(1_000);

    assertThat(store().page(new Page(1, 1_001, true, List.of(), 1_000))).hasSize(1_000);
  }

  @Test
  void stores_the_largest_events_together() throws Exception {
    String payload = "\u00fc\ud83d\ude00\u0000'\\\"\n".repeat(24_000);
    List<Event> large =
        IntStream.range(0, 60).mapToObj(i -> event("a-" + i, "t", payload + i)).toList();

    assertThat(store().append(large)).hasSize(60).endsWith(new Stored(60));
    assertThat(store().page(new Page(1, 61, true, List.of(), 60)))
        .extracting(StoredEvent::event)
        .isEqualTo(large);
  }

  @Test
  void tells_ids_apart_that_differ_in_case_or_accent_alone() throws Exception {
    assertThat(store().append(List.of(event("a"), event("A"), event("\u00e4"), event("a\u0308"))))
        .containsExactly(new Stored(1), new Stored(2), new Stored(3), new Stored(4));
    assertThat(store().find("A").orElseThrow().position()).isEqualTo(2);
  }

  @Test
  void tells_where_the_first_one_lies_when_an_event_comes_again() throws Exception {
    store().append(events("a", 0, 2));

    assertThat(store().append(List.of(event("a-1")))).containsExactly(new Duplicate(2));
    assertThat(all()).hasSize(2);
  }

  @Test
  void leaves_the_row_untouched_when_its_id_comes_with_other_content() throws Exception {
    store().append(List.of(event("a", "order.created", "first")));

    assertThat(store().append(List.of(event("a", "order.created", "second"))))
        .containsExactly(new Conflict());
    assertThat(store().append(List.of(event("a", "order.paid", "first"))))
        .containsExactly(new Conflict());
    assertThat(all().getFirst().event().payload().text()).isEqualTo("first");
  }

  @Test
  void tells_the_string_1_from_the_number_1() throws Exception {
    store().append(List.of(event("a", "t", "1")));
    Event number = new Event("a", "t", new Payload(Payload.Kind.JSON, "1"), null, null);

    assertThat(store().append(List.of(number))).containsExactly(new Conflict());
  }

  @Test
  void takes_an_event_for_the_same_when_only_key_and_trace_differ() throws Exception {
    store().append(List.of(event("a", "t", "p")));
    Event again = new Event("a", "t", Payload.ofString("p"), "key", "00-01-02-00");

    assertThat(store().append(List.of(again))).containsExactly(new Duplicate(1));
  }

  @Test
  void counts_the_first_of_an_id_that_repeats_inside_a_group() throws Exception {
    List<Appended> results =
        store()
            .append(
                List.of(
                    event("a", "t", "one"),
                    event("b", "t", "x"),
                    event("a", "t", "one"),
                    event("a", "t", "two"),
                    event("c", "t", "y")));

    assertThat(results)
        .containsExactly(
            new Stored(1), new Stored(2), new Duplicate(1), new Conflict(), new Stored(3));
    assertThat(ids(all())).containsExactly("a", "b", "c");
  }

  @Test
  void leaves_no_gap_when_new_events_come_among_old_ones() throws Exception {
    Random random = new Random(7);
    int known = 0;
    for (int group = 0; group < 60; group++) {
      int from = Math.max(0, known - random.nextInt(4));
      int to = from + 1 + random.nextInt(5);
      List<Appended> results = store().append(events("e", from, to));

      for (int i = from; i < to; i++) {
        Appended expected = i < known ? new Duplicate(i + 1) : new Stored(i + 1);
        assertThat(results.get(i - from)).as("seed 7, group %s", group).isEqualTo(expected);
      }
      known = Math.max(known, to);
    }
    assertThat(positions(all())).containsExactlyElementsOf(upTo(known));
  }

  @Test
  void stores_nothing_of_a_group_that_has_a_refused_row() throws Exception {
    refuse("refused");
    store().append(events("a", 0, 2));

    assertThatThrownBy(() -> store().append(List.of(event("b"), event("c", "refused"))))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.REFUSED));
    assertThat(ids(all())).containsExactly("a-0", "a-1");
  }

  @Test
  void leaves_no_gap_after_a_refused_group() throws Exception {
    refuse("refused");
    assertThatThrownBy(() -> store().append(List.of(event("a"), event("b", "refused"))))
        .isInstanceOf(StoreException.class);

    assertThat(store().append(List.of(event("c")))).containsExactly(new Stored(1));
  }

  @Test
  void never_lets_the_received_time_go_back_when_the_clock_does() throws Exception {
    store().append(List.of(event("a")));
    clock.set("2026-01-01T11:00:00Z");
    store().append(List.of(event("b")));
    clock.set("2026-01-01T13:00:00Z");
    store().append(List.of(event("c")));

    assertThat(all())
        .extracting(StoredEvent::receivedTime)
        .containsExactly(
            Instant.parse(NOON), Instant.parse(NOON), Instant.parse("2026-01-01T13:00:00Z"));
  }

  @Test
  void keeps_received_times_in_whole_microseconds() throws Exception {
    clock.set("2026-01-01T12:00:00.123456789Z");
    store().append(List.of(event("a")));

    assertThat(all().getFirst().receivedTime()).isEqualTo("2026-01-01T12:00:00.123456Z");
  }

  @Test
  void gives_back_an_event_exactly() throws Exception {
    String hard = "\u0000 nul \u0000\uD83D\uDE80 e\u0301 \u00e9 \uFFFF \" \\ ' % _ \r\n";
    Event event =
        new Event(
            "a/b c%\u00e9",
            "type \uD83D\uDE80",
            new Payload(Payload.Kind.JSON, hard + "x".repeat(256 * 1024)),
            "key \u00e9",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

    store().append(List.of(event));

    assertThat(store().find(event.id())).contains(new StoredEvent(1, event, Instant.parse(NOON)));
  }

  @Test
  void compares_ids_exactly() throws Exception {
    store().append(List.of(event("e\u0301"), event("\u00e9"), event("a"), event("A")));

    assertThat(all()).hasSize(4);
    assertThat(store().find("E\u0301")).isEmpty();
    assertThat(store().find("a").orElseThrow().position()).isEqualTo(3);
  }

  @Test
  void pages_forwards_and_backwards_within_bounds() throws Exception {
    store().append(events("a", 0, 10));

    assertThat(positions(store().page(new Page(3, 8, true, List.of(), 3))))
        .containsExactly(3L, 4L, 5L);
    assertThat(positions(store().page(new Page(3, 8, false, List.of(), 3))))
        .containsExactly(7L, 6L, 5L);
    assertThat(store().page(new Page(11, Long.MAX_VALUE, true, List.of(), 3))).isEmpty();
  }

  @Test
  void pages_of_several_types_are_in_the_order_of_positions() throws Exception {
    store()
        .append(IntStream.range(0, 90).mapToObj(i -> event("a-" + i, "type-" + i % 30)).toList());
    List<String> twenty = IntStream.range(0, 20).mapToObj(i -> "type-" + i).toList();

    assertThat(positions(store().page(new Page(1, 91, true, twenty, 25))))
        .containsExactly(
            LongStream.concat(LongStream.rangeClosed(1, 20), LongStream.rangeClosed(31, 35))
                .boxed()
                .toArray(Long[]::new));
    assertThat(positions(store().page(new Page(1, 91, false, List.of("type-1", "type-29"), 3))))
        .containsExactly(90L, 62L, 60L);
    assertThat(positions(store().page(new Page(33, 91, true, List.of("type-1"), 3))))
        .containsExactly(62L);
    assertThat(store().page(new Page(1, 91, true, List.of("none"), 3))).isEmpty();
  }

  @Test
  void pages_of_a_type_named_twice_have_each_event_once() throws Exception {
    store().append(events("a", 0, 3));
    List<String> twice = List.of("order.created", "order.created");

    assertThat(positions(store().page(new Page(1, 9, true, twice, 9)))).containsExactly(1L, 2L, 3L);
  }

  @Test
  void knows_the_types_that_begin_so() throws Exception {
    List<String> types =
        List.of("b.y", "b", "a", "b.x", "b.x", "B.z", "c", "b.\uD83D\uDE80", "b.\uFFFD");
    for (String type : types) {
      store().append(List.of(event(type + all().size(), type)));
    }

    assertThat(store().types("b.", 9))
        .containsExactlyInAnyOrder("b.x", "b.y", "b.\uD83D\uDE80", "b.\uFFFD");
    assertThat(store().types("b.", 2)).hasSize(2).allMatch(type -> type.startsWith("b."));
    assertThat(store().types("b.x", 9)).containsExactly("b.x");
    assertThat(store().types("none", 9)).isEmpty();
  }

  @Test
  void finds_the_first_position_of_a_time() throws Exception {
    clock.set("2026-01-01T12:00:00.000001Z");
    store().append(events("a", 0, 2));
    clock.set("2026-01-01T12:00:00.000003Z");
    store().append(events("b", 0, 2));

    assertThat(store().firstPositionSince(Instant.parse(NOON))).hasValue(1);
    assertThat(store().firstPositionSince(Instant.parse("2026-01-01T12:00:00.000001Z")))
        .hasValue(1);
    assertThat(store().firstPositionSince(Instant.parse("2026-01-01T12:00:00.000001001Z")))
        .hasValue(3);
    assertThat(store().firstPositionSince(Instant.parse("2026-01-01T12:00:00.000003Z")))
        .hasValue(3);
    assertThat(store().firstPositionSince(Instant.parse("2026-01-01T12:00:00.000003001Z")))
        .isEmpty();
  }

  @Test
  void answers_for_times_far_away() throws Exception {
    store().append(List.of(event("a")));

    assertThat(store().firstPositionSince(Instant.parse("0000-01-01T00:00:00Z"))).hasValue(1);
    assertThat(store().firstPositionSince(Instant.parse("9999-12-31T23:59:59.999999999Z")))
        .isEmpty();
  }

  @Test
  void has_a_name_and_can_commit() {
    assertThat(store().storeId()).matches("[0-9a-f]{32}");
    assertThat(store().canCommit()).isTrue();
  }

  @Test
  void gives_no_position_away_when_it_is_asked_whether_it_can_commit() throws Exception {
    assertThat(store().canCommit()).isTrue();

    assertThat(store().append(List.of(event("a")))).containsExactly(new Stored(1));
  }

  final List<StoredEvent> all() throws StoreException {
    return store().page(new Page(1, Long.MAX_VALUE, true, List.of(), 1_000));
  }

  static List<String> ids(List<StoredEvent> events) {
    return events.stream().map(event -> event.event().id()).toList();
  }

  static List<Long> positions(List<StoredEvent> events) {
    return events.stream().map(StoredEvent::position).toList();
  }

  private static List<Long> upTo(long last) {
    return LongStream.rangeClosed(1, last).boxed().toList();
  }
}
