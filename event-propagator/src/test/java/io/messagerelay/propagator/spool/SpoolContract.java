package io.messagerelay.propagator.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.propagator.spool.NewEntry.Deliverable;
import io.messagerelay.propagator.spool.NewEntry.Unusable;
import io.messagerelay.propagator.spool.Settlement.Dead;
import io.messagerelay.propagator.spool.Settlement.Delivered;
import io.messagerelay.propagator.spool.Settlement.Duplicate;
import io.messagerelay.propagator.spool.Spool.Take;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every spool keeps. A back end is one subclass. */
abstract class SpoolContract {
  static final String SOURCE = "data.json";
  static final long ROOMY = 1L << 30;

  final ManualClock clock = new ManualClock();
  private @Nullable Spool opened;

  /** A new, empty spool. */
  abstract Spool open(Lanes lanes, long bound);

  @AfterEach
  void closeSpool() {
    if (opened != null) {
      opened.close();
    }
  }

  @Test
  void a_new_spool_is_empty() {
    Spool spool = spool();

    assertThat(spool.books()).isEqualTo(new Books(0, 0, 0, 0, 0, 0, 0));
    assertThat(spool.claim(0, 0, 10, ROOMY)).isEmpty();
    assertThat(spool.due(0)).isEmpty();
    assertThat(spool.deadLetters(0, 10)).isEmpty();
    assertThat(spool.progress(SOURCE)).isEmpty();
  }

  @Test
  void what_was_taken_is_claimed_as_it_was_and_in_order() {
    Spool spool = spool();
    var first = new Deliverable("id-1", "order-7", "data.json[3]", bytes("{\"a\":\"ü😀\"}"));
    var second = new Deliverable("id-2", "order-7", "data.json[0]", bytes("{}"));
    assertThat(spool.take(SOURCE, List.of(first, second), null)).isEqualTo(Take.TAKEN);

    List<SpooledEvent> claimed = spool.claim(0, 0, 10, ROOMY);

    assertThat(claimed)
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactly(
            new SpooledEvent(
                1, "id-1", "order-7", SOURCE, "data.json[3]", first.body(), clock.instant(), 1),
            new SpooledEvent(
                2, "id-2", "order-7", SOURCE, "data.json[0]", second.body(), clock.instant(), 1));
    assertThat(spool.books()).isEqualTo(new Books(2, 0, 0, 0, 0, 2, 16));
  }

  @Test
  void many_are_taken_at_once_in_their_order_beside_unusable_ones() {
    Spool spool = spool();
    List<NewEntry> entries =
        IntStream.rangeClosed(1, 137)
            .mapToObj(number -> number % 9 == 0 ? unusable(number) : event(number))
            .toList();
    take(spool, entries.toArray(NewEntry[]::new));

    assertThat(spool.claim(0, 0, 1_000, ROOMY))
        .extracting(SpooledEvent::place)
        .isEqualTo(
            entries.stream().filter(Deliverable.class::isInstance).map(NewEntry::place).toList());
    assertThat(spool.deadLetters(0, 1_000))
        .extracting(DeadLetter::place)
        .isEqualTo(
            entries.stream().filter(Unusable.class::isInstance).map(NewEntry::place).toList());
    assertThat(spool.books().taken()).isEqualTo(137);
  }

  @Test
  void what_the_dead_letters_take_is_known() {
    Spool spool = spool();
    take(spool, event(1), unusable(2));
    List<SpooledEvent> events = spool.claim(0, 0, 1, ROOMY);

    spool.settle(List.of(new Dead(events.getFirst(), 400, List.of("no"))));

    long bodies = (long) events.getFirst().body().length + unusable(2).body().length;
    assertThat(spool.deadBytes()).isEqualTo(bodies + 2 * Spool.OVERHEAD_BYTES);
  }

  @Test
  void each_claim_counts_an_attempt() {
    Spool spool = spoolWith(3);

    spool.claim(0, 0, 2, ROOMY);
    List<SpooledEvent> again = spool.claim(0, 0, 3, ROOMY);

    assertThat(again).extracting(SpooledEvent::attempts).containsExactly(2, 2, 1);
  }

  @Test
  void a_claim_keeps_to_its_number_and_to_its_bytes() {
    Spool spool = spoolWith(5);
    long one = spool.books().bytes() / 5;

    assertThat(spool.claim(0, 0, 2, ROOMY)).hasSize(2);
    assertThat(spool.claim(0, 0, 5, one * 3)).hasSize(3);
    assertThat(spool.claim(0, 0, 5, one * 3 - 1)).hasSize(2);
  }

  @Test
  void a_claim_gives_one_event_however_large_it_is() {
    Spool spool = spool();
    take(spool, new Deliverable("large", null, "p", new byte[5_000]), event(2));

    assertThat(spool.claim(0, 0, 5, 100))
        .extracting(SpooledEvent::eventId)
        .containsExactly("large");
  }

  @Test
  void a_lane_whose_oldest_event_is_not_due_yields_nothing() {
    Spool spool = spoolWith(3);
    Instant due = clock.instant().plusSeconds(30);
    spool.defer(spool.claim(0, 0, 1, ROOMY), due);

    assertThat(spool.claim(0, 0, 10, ROOMY)).isEmpty();
    assertThat(spool.due(0)).contains(due);
    clock.advance(Duration.ofSeconds(29));
    assertThat(spool.claim(0, 0, 10, ROOMY)).isEmpty();
    clock.advance(Duration.ofSeconds(1));
    assertThat(spool.claim(0, 0, 10, ROOMY))
        .extracting(SpooledEvent::attempts)
        .containsExactly(2, 1, 1);
  }

  @Test
  void a_claim_ends_before_the_first_event_that_is_not_due() {
    Spool spool = spoolWith(3);
    List<SpooledEvent> all = spool.claim(0, 0, 3, ROOMY);
    spool.defer(all.subList(1, 2), clock.instant().plusSeconds(30));

    assertThat(spool.claim(0, 0, 3, ROOMY))
        .extracting(SpooledEvent::eventId)
        .containsExactly("id-1");
  }

  @Test
  void an_event_that_was_never_tried_is_due_although_the_clock_was_set_back() {
    Spool spool = spoolWith(1);
    clock.advance(Duration.ofHours(-1));

    assertThat(spool.due(0)).hasValueSatisfying(due -> assertThat(due).isBefore(clock.instant()));
    assertThat(spool.claim(0, 0, 1, ROOMY)).hasSize(1);
  }

  @Test
  void an_event_that_was_put_off_is_due_at_once_when_the_clock_was_set_back() {
    Spool spool = spoolWith(2);
    spool.defer(spool.claim(0, 0, 2, ROOMY), clock.instant().plusSeconds(30));
    assertThat(spool.claim(0, 0, 2, ROOMY)).isEmpty();

    clock.advance(Duration.ofHours(-1));

    assertThat(spool.claim(0, 0, 2, ROOMY)).hasSize(2);
    spool.defer(spool.claim(0, 0, 2, ROOMY), clock.instant().plusSeconds(30));
    assertThat(spool.claim(0, 0, 2, ROOMY)).isEmpty();
  }

  @Test
  void settled_events_leave_the_lane_and_enter_the_books() {
    Spool spool = spoolWith(4);
    List<SpooledEvent> events = spool.claim(0, 0, 4, ROOMY);
    clock.advance(Duration.ofSeconds(5));

    spool.settle(
        List.of(
            new Delivered(events.get(0)),
            new Duplicate(events.get(1)),
            new Dead(events.get(2), 400, List.of("/event_type must be a string", "\"quoted\""))));

    assertThat(spool.claim(0, 0, 4, ROOMY))
        .extracting(SpooledEvent::eventId)
        .containsExactly("id-4");
    int kept = events.get(2).body().length + events.get(3).body().length;
    assertThat(spool.books()).isEqualTo(new Books(4, 1, 1, 1, 0, 1, kept));
    SpooledEvent dead = events.get(2);
    assertThat(spool.deadLetters(0, 10))
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactly(
            new DeadLetter(
                1,
                "id-3",
                null,
                SOURCE,
                dead.place(),
                dead.body(),
                dead.taken(),
                clock.instant(),
                1,
                400,
                List.of("/event_type must be a string", "\"quoted\"")));
  }

  @Test
  void the_next_events_are_claimed_while_others_are_under_way() {
    Spool spool = spoolWith(6);
    long one = spool.books().bytes() / 6;
    List<SpooledEvent> first = spool.claim(0, 0, 2, ROOMY);

    List<SpooledEvent> next = spool.claim(0, first.getLast().seq(), 5, one * 3);
    spool.settle(List.of(new Dead(first.get(0), 400, List.of("no")), new Delivered(first.get(1))));

    assertThat(next).extracting(SpooledEvent::eventId).containsExactly("id-3", "id-4", "id-5");
    assertThat(next).extracting(SpooledEvent::attempts).containsOnly(1);
    assertThat(spool.deadLetters(0, 10)).extracting(DeadLetter::attempts).containsExactly(1);
    assertThat(spool.claim(0, 0, 4, ROOMY))
        .extracting(SpooledEvent::attempts)
        .containsExactly(2, 2, 2, 1);
  }

  @Test
  void events_whose_claim_is_taken_back_have_not_been_tried() {
    Spool spool = spoolWith(5);
    List<SpooledEvent> first = spool.claim(0, 0, 2, ROOMY);
    spool.claim(0, first.getLast().seq(), 2, ROOMY);

    spool.release(0, first.getLast().seq());

    assertThat(spool.claim(0, 0, 5, ROOMY))
        .extracting(SpooledEvent::attempts)
        .containsExactly(2, 2, 1, 1, 1);
  }

  @Test
  void nothing_is_claimed_behind_an_event_that_is_not_due() {
    Spool spool = spoolWith(3);
    List<SpooledEvent> all = spool.claim(0, 0, 3, ROOMY);
    spool.defer(all.subList(1, 2), clock.instant().plusSeconds(30));

    assertThat(spool.claim(0, all.getFirst().seq(), 3, ROOMY)).isEmpty();
  }

  @Test
  void an_event_that_is_settled_twice_is_counted_once() {
    Spool spool = spoolWith(2);
    List<SpooledEvent> events = spool.claim(0, 0, 1, ROOMY);

    spool.settle(List.of(new Delivered(events.getFirst())));
    spool.settle(List.of(new Dead(events.getFirst(), 400, List.of("late"))));

    assertThat(spool.books()).isEqualTo(new Books(2, 1, 0, 0, 0, 1, event(2).body().length));
    assertThat(spool.deadLetters(0, 10)).isEmpty();
  }

  @Test
  void an_unusable_item_is_a_dead_letter_from_the_start() {
    Spool spool = spool();
    take(spool, new Unusable("data.json[9]", bytes("12"), List.of("not an object")));

    assertThat(spool.claim(0, 0, 1, ROOMY)).isEmpty();
    assertThat(spool.books()).isEqualTo(new Books(1, 0, 0, 1, 0, 0, 2));
    assertThat(spool.deadLetters(0, 1))
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactly(
            new DeadLetter(
                1,
                null,
                null,
                SOURCE,
                "data.json[9]",
                bytes("12"),
                clock.instant(),
                clock.instant(),
                0,
                0,
                List.of("not an object")));
  }

  @Test
  void dead_letters_come_in_pages_in_the_order_they_died() {
    Spool spool = spoolWith(5);
    List<SpooledEvent> events = spool.claim(0, 0, 5, ROOMY);
    for (SpooledEvent event : events.reversed()) {
      spool.settle(List.of(new Dead(event, 400, List.of("no"))));
    }

    List<DeadLetter> page = spool.deadLetters(0, 2);
    List<DeadLetter> next = spool.deadLetters(page.getLast().seq(), 10);

    assertThat(page).extracting(DeadLetter::eventId).containsExactly("id-5", "id-4");
    assertThat(next).extracting(DeadLetter::eventId).containsExactly("id-3", "id-2", "id-1");
  }

  @Test
  void progress_is_kept_for_each_source_and_left_alone_by_null() {
    Spool spool = spool();
    spool.take("a", List.of(event(1)), "10");
    spool.take("b", List.of(event(2)), "20");
    spool.take("a", List.of(), "11");
    spool.take("b", List.of(event(3)), null);

    assertThat(spool.progress("a")).contains("11");
    assertThat(spool.progress("b")).contains("20");
  }

  @Test
  void events_of_one_key_share_a_lane_and_every_event_has_one() {
    var lanes = new Lanes(4);
    Spool spool = spool(lanes, ROOMY);
    for (int i = 1; i <= 40; i++) {
      take(spool, new Deliverable("id-" + i, "key-" + i % 10, "p", bytes("{}")));
    }

    int seen = 0;
    for (int lane = 0; lane < 4; lane++) {
      List<SpooledEvent> claimed = spool.claim(lane, 0, 100, ROOMY);
      seen += claimed.size();
      int expected = lane;
      assertThat(claimed).allMatch(e -> lanes.of(e.eventKey(), e.source()) == expected);
      assertThat(claimed).isSortedAccordingTo((a, b) -> Long.compare(a.seq(), b.seq()));
    }
    assertThat(seen).isEqualTo(40);
  }

  @Test
  void one_lane_does_not_hold_up_another() {
    var lanes = new Lanes(2);
    Spool spool = spool(lanes, ROOMY);
    String other =
        IntStream.range(0, 99)
            .mapToObj(i -> "k" + i)
            .filter(k -> lanes.of(k, SOURCE) != lanes.of("k", SOURCE))
            .findFirst()
            .orElseThrow();
    take(
        spool,
        new Deliverable("stuck", "k", "p", bytes("{}")),
        new Deliverable("free", other, "p", bytes("{}")));
    int stuck = lanes.of("k", SOURCE);
    spool.defer(spool.claim(stuck, 0, 1, ROOMY), clock.instant().plusSeconds(60));

    assertThat(spool.claim(stuck, 0, 1, ROOMY)).isEmpty();
    assertThat(spool.claim(1 - stuck, 0, 1, ROOMY))
        .extracting(SpooledEvent::eventId)
        .containsExactly("free");
  }

  @Test
  void a_full_spool_takes_nothing_and_changes_nothing() {
    long room = 2 * (event(1).body().length + Spool.OVERHEAD_BYTES);
    Spool spool = spool(new Lanes(1), room);
    assertThat(spool.take(SOURCE, List.of(event(1), event(2)), "2")).isEqualTo(Take.TAKEN);
    Books before = spool.books();

    assertThat(spool.take(SOURCE, List.of(event(3)), "3")).isEqualTo(Take.FULL);

    assertThat(spool.books()).isEqualTo(before);
    assertThat(spool.progress(SOURCE)).contains("2");
  }

  @Test
  void a_delivery_makes_room_and_a_dead_letter_does_not() {
    long room = 2 * (event(1).body().length + Spool.OVERHEAD_BYTES);
    Spool spool = spool(new Lanes(1), room);
    take(spool, event(1), event(2));
    List<SpooledEvent> events = spool.claim(0, 0, 2, ROOMY);

    spool.settle(List.of(new Dead(events.get(0), 400, List.of("no"))));
    assertThat(spool.take(SOURCE, List.of(event(3)), null)).isEqualTo(Take.FULL);
    spool.settle(List.of(new Delivered(events.get(1))));
    assertThat(spool.take(SOURCE, List.of(event(3)), null)).isEqualTo(Take.TAKEN);
  }

  final Spool spool() {
    return spool(new Lanes(1), ROOMY);
  }

  final Spool spool(Lanes lanes, long bound) {
    Spool spool = open(lanes, bound);
    opened = spool;
    return spool;
  }

  private Spool spoolWith(int events) {
    Spool spool = spool();
    spool.take(
        SOURCE,
        IntStream.rangeClosed(1, events).<NewEntry>mapToObj(SpoolContract::event).toList(),
        null);
    return spool;
  }

  private static void take(Spool spool, NewEntry... entries) {
    assertThat(spool.take(SOURCE, List.of(entries), null)).isEqualTo(Take.TAKEN);
  }

  static NewEntry keyed(int number, String key) {
    return new Deliverable("id-" + number, key, "p", bytes("{\"event_id\":\"id-" + number + "\"}"));
  }

  static NewEntry unusable(int number) {
    return new Unusable("data.json[" + number + "]", bytes("?" + number), List.of("no"));
  }

  static NewEntry event(int number) {
    return new Deliverable(
        "id-" + number,
        null,
        "data.json[" + number + "]",
        bytes("{\"event_id\":\"id-" + number + "\"}"));
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
