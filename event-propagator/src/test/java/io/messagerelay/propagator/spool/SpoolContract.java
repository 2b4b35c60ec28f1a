package io.messagerelay.propagator.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.propagator.spool.NewEntry.Deliverable;
import io.messagerelay.propagator.spool.NewEntry.Unusable;
import io.messagerelay.propagator.spool.Settlement.Dead;
import io.messagerelay.propagator.spool.Settlement.Delivered;
import io.messagerelay.propagator.spool.Settlement.Duplicate;
import io.messagerelay.propagator.spool.Spool.Take;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every spool keeps. A back end is one subclass. */
abstract class SpoolContract extends AsideContract {
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
}
