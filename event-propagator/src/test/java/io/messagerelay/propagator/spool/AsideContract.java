package io.messagerelay.propagator.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.propagator.spool.NewEntry.Deliverable;
import io.messagerelay.propagator.spool.Settlement.Dead;
import io.messagerelay.propagator.spool.Settlement.Delivered;
import io.messagerelay.propagator.spool.Settlement.Duplicate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every spool keeps to when events are set aside. */
abstract class AsideContract extends SpoolClaimContract {
  private static final Duration PAUSE = Duration.ofMinutes(1);

  @Test
  void nothing_is_set_aside_at_first() {
    Aside aside = spoolWith(1).aside();

    assertThat(aside.due()).isEmpty();
    assertThat(aside.claim()).isEmpty();
  }

  @Test
  void an_event_that_is_set_aside_leaves_its_lane_and_the_others_go_on() {
    Spool spool = spool();
    take(spool, keyed(1, "a"), keyed(2, "b"), event(3));
    Books before = spool.books();

    setAside(spool, "id-1");

    assertThat(spool.due(0)).contains(Instant.EPOCH);
    assertThat(claimed(spool)).containsExactly("id-2", "id-3");
    assertThat(spool.books()).isEqualTo(before);
  }

  @Test
  void later_ones_of_its_key_are_passed_over_and_count_no_attempt() {
    Spool spool = spool();
    take(spool, keyed(1, "a"), keyed(2, "b"), keyed(3, "a"), keyed(4, "a"));
    setAside(spool, "id-1");

    assertThat(spool.claim(0, 0, 1, ROOMY))
        .extracting(SpooledEvent::eventId)
        .containsExactly("id-2");
    assertThat(claimed(spool)).containsExactly("id-2");
    take(spool, keyed(5, "a"));
    assertThat(claimed(spool)).containsExactly("id-2");

    settleAside(spool, Delivered::new);
    assertThat(spool.claim(0, 0, 9, ROOMY))
        .extracting(SpooledEvent::attempts)
        .containsExactly(4, 1, 1, 1);
  }

  @Test
  void they_are_passed_over_although_they_were_put_off() {
    Spool spool = spool();
    take(spool, keyed(1, "a"), keyed(2, "a"), keyed(3, "b"));
    List<SpooledEvent> all = spool.claim(0, 0, 3, ROOMY);
    spool.defer(all.subList(1, 2), clock.instant().plus(PAUSE));
    setAside(spool, "id-1");

    assertThat(claimed(spool)).containsExactly("id-3");
  }

  @Test
  void a_claim_looks_at_no_more_than_its_number_and_passes_over_any_size() {
    Spool spool = spool();
    take(spool, keyed(1, "a"), large(2, "a"), large(3, "a"), keyed(4, "b"), keyed(5, "b"));
    setAside(spool, "id-1");
    int one = 20;

    assertThat(spool.claim(0, 0, 2, one)).isEmpty();
    assertThat(spool.due(0)).contains(Instant.EPOCH);
    assertThat(spool.claim(0, 0, 9, one)).extracting(SpooledEvent::eventId).containsExactly("id-4");
  }

  @Test
  void they_are_passed_over_by_a_claim_that_follows_others() {
    Spool spool = spool();
    take(spool, keyed(1, "a"), keyed(2, "b"), keyed(3, "a"), keyed(4, "b"));
    setAside(spool, "id-1");
    List<SpooledEvent> first = spool.claim(0, 0, 1, ROOMY);

    List<SpooledEvent> next = spool.claim(0, first.getLast().seq(), 9, ROOMY);
    spool.release(0, first.getLast().seq());

    assertThat(next).extracting(SpooledEvent::eventId).containsExactly("id-4");
    spool.settle(List.of(new Delivered(first.getFirst())));
    settleAside(spool, Delivered::new);
    assertThat(spool.claim(0, 0, 9, ROOMY))
        .extracting(SpooledEvent::attempts)
        .containsExactly(1, 1);
  }

  @Test
  void they_come_back_to_their_places_when_it_was_settled() {
    Spool spool = spool();
    take(spool, keyed(1, "a"), keyed(2, "b"), keyed(3, "a"), keyed(4, "b"), keyed(5, "a"));
    setAside(spool, "id-1");
    assertThat(claimed(spool)).containsExactly("id-2", "id-4");

    settleAside(spool, Duplicate::new);

    assertThat(claimed(spool)).containsExactly("id-2", "id-3", "id-4", "id-5");
    assertThat(spool.aside().due()).isEmpty();
    assertThat(spool.books()).returns(1L, Books::duplicate).matches(Books::balanced);
  }

  @Test
  void they_come_back_when_it_died_with_all_its_attempts() {
    Spool spool = spool();
    take(spool, keyed(1, "a"), keyed(2, "a"));
    setAside(spool, "id-1");
    assertThat(claimed(spool)).isEmpty();
    assertThat(spool.due(0)).isEmpty();

    settleAside(spool, event -> new Dead(event, 400, List.of("no")));

    assertThat(claimed(spool)).containsExactly("id-2");
    assertThat(spool.deadLetters(0, 9)).extracting(DeadLetter::attempts).containsExactly(2);
    assertThat(spool.books()).returns(1L, Books::dead).matches(Books::balanced);
  }

  @Test
  void one_that_waits_behind_it_may_be_settled_itself() {
    Spool spool = spool();
    take(spool, keyed(1, "a"), keyed(2, "a"), keyed(3, "a"));
    SpooledEvent second = spool.claim(0, 0, 3, ROOMY).get(1);
    setAside(spool, "id-1");
    assertThat(claimed(spool)).isEmpty();

    spool.settle(List.of(new Delivered(second)));

    assertThat(claimed(spool)).as("the first is still aside").isEmpty();
    settleAside(spool, Delivered::new);
    assertThat(claimed(spool)).containsExactly("id-3");
  }

  @Test
  void one_that_came_back_may_be_set_aside_itself() {
    Spool spool = spool();
    take(spool, keyed(1, "a"), keyed(2, "a"), keyed(3, "a"));
    setAside(spool, "id-1");
    claimed(spool);
    settleAside(spool, Delivered::new);

    setAside(spool, "id-2");

    assertThat(claimed(spool)).isEmpty();
    settleAside(spool, Delivered::new);
    assertThat(claimed(spool)).containsExactly("id-3");
  }

  @Test
  void an_event_without_a_key_holds_up_nobody() {
    Spool spool = spoolWith(3);

    setAside(spool, "id-1");

    assertThat(claimed(spool)).containsExactly("id-2", "id-3");
    settleAside(spool, Delivered::new);
    assertThat(spool.claim(0, 1, 9, ROOMY)).as("nothing has to come back").hasSize(2);
  }

  @Test
  void a_claim_after_others_is_empty_while_older_ones_have_to_come_back() {
    Spool spool = spool();
    take(spool, keyed(1, "a"), keyed(2, "b"), keyed(3, "a"), keyed(4, "b"));
    setAside(spool, "id-1");
    claimed(spool);
    List<SpooledEvent> first = spool.claim(0, 0, 1, ROOMY);
    settleAside(spool, Delivered::new);
    take(spool, keyed(5, "a"));

    assertThat(spool.claim(0, first.getLast().seq(), 9, ROOMY)).isEmpty();
    spool.settle(List.of(new Delivered(first.getFirst())));

    assertThat(claimed(spool)).containsExactly("id-3", "id-4", "id-5");
    assertThat(spool.claim(0, 3, 9, ROOMY)).as("all are back").hasSize(2);
  }

  @Test
  void very_many_come_back_in_their_order_however_they_are_claimed() {
    Spool spool = spool();
    take(spool, keyed(1, "a"), keyed(2, "z"));
    spool.take(
        SOURCE,
        IntStream.rangeClosed(3, 3_000).mapToObj(i -> keyed(i, i % 3 == 0 ? "b" : "a")).toList(),
        null);
    setAside(spool, "id-1");
    IntStream.range(0, 3).forEach(_ -> spool.claim(0, 0, 1_000, ROOMY));
    settleAside(spool, Delivered::new);
    take(spool, keyed(3_001, "a"), keyed(3_002, "b"));

    var ids = new ArrayList<String>();
    for (int i = 0; i < 20; i++) {
      List<SpooledEvent> batch = spool.claim(0, 0, 2_500, ROOMY);
      batch.forEach(event -> ids.add(event.eventId()));
      List<SpooledEvent> next =
          batch.isEmpty() ? List.of() : spool.claim(0, batch.getLast().seq(), 50, ROOMY);
      next.forEach(event -> ids.add(event.eventId()));
      Stream.of(batch, next)
          .forEach(some -> spool.settle(some.stream().map(Delivered::new).toList()));
    }

    assertThat(ids).isEqualTo(IntStream.rangeClosed(2, 3_002).mapToObj(i -> "id-" + i).toList());
  }

  @Test
  void what_came_back_in_one_lane_holds_up_no_other() {
    var lanes = new Lanes(2);
    Spool spool = spool(lanes, ROOMY);
    take(spool, keyed(1, "a"), keyed(2, "b"), keyed(3, "b"));
    int lane = lanes.of("a", SOURCE);
    assertThat(lanes.of("b", SOURCE)).isEqualTo(1 - lane);
    spool.aside().put(spool.claim(lane, 0, 1, ROOMY).getFirst(), "no", clock.instant());
    List<SpooledEvent> others = spool.claim(1 - lane, 0, 1, ROOMY);

    settleAside(spool, Delivered::new);

    assertThat(spool.claim(1 - lane, others.getLast().seq(), 9, ROOMY)).hasSize(1);
  }

  @Test
  void attempts_are_exact_in_the_lane_and_out_of_it() {
    Spool spool = spool();
    take(spool, keyed(1, "a"), keyed(2, "a"), keyed(3, "b"));
    spool.claim(0, 0, 3, ROOMY);
    Aside aside = spool.aside();
    setAside(spool, "id-1");

    assertThat(attempts(aside)).isEqualTo(3);
    assertThat(spool.claim(0, 0, 3, ROOMY)).extracting(SpooledEvent::attempts).containsExactly(2);
    assertThat(spool.claim(0, 0, 3, ROOMY)).extracting(SpooledEvent::attempts).containsExactly(3);
    assertThat(attempts(aside)).isEqualTo(4);
    settleAside(spool, event -> new Dead(event, 400, List.of("no")));

    assertThat(spool.deadLetters(0, 9)).extracting(DeadLetter::attempts).containsExactly(5);
    assertThat(spool.claim(0, 0, 3, ROOMY))
        .extracting(SpooledEvent::attempts)
        .containsExactly(2, 4);
  }

  @Test
  void attempts_out_of_the_lane_count_although_a_claim_is_taken_back() {
    Spool spool = spool();
    take(spool, keyed(1, "a"), keyed(2, "b"), keyed(3, "b"));
    setAside(spool, "id-1");
    List<SpooledEvent> first = spool.claim(0, 0, 1, ROOMY);
    spool.claim(0, first.getLast().seq(), 1, ROOMY);
    attempts(spool.aside());

    spool.release(0, first.getLast().seq());

    assertThat(attempts(spool.aside())).isEqualTo(3);
    assertThat(spool.claim(0, 0, 9, ROOMY))
        .extracting(SpooledEvent::attempts)
        .containsExactly(2, 1);
  }

  @Test
  void it_is_claimed_as_it_was_with_what_is_said_of_it() {
    Spool spool = spool();
    take(spool, keyed(1, "a"));
    SpooledEvent before = spool.claim(0, 0, 1, ROOMY).getFirst();
    Instant since = clock.instant();
    spool.aside().put(before, "500 \"oh\"\n", since.plus(PAUSE));
    clock.advance(PAUSE);

    AsideEvent found = spool.aside().claim().orElseThrow();

    assertThat(found.event())
        .usingRecursiveComparison()
        .ignoringFields("attempts")
        .isEqualTo(before);
    assertThat(found)
        .returns(since, AsideEvent::since)
        .returns(0, AsideEvent::failures)
        .returns("500 \"oh\"\n", AsideEvent::cause);
  }

  @Test
  void none_is_claimed_before_it_is_due_and_then_the_one_that_waits_longest() {
    Spool spool = spoolWith(3);
    Instant now = clock.instant();
    Aside aside = spool.aside();
    aside.put(spool.claim(0, 0, 1, ROOMY).getFirst(), "one", now.plusSeconds(30));
    aside.put(spool.claim(0, 0, 1, ROOMY).getFirst(), "two", now.plusSeconds(10));
    aside.put(spool.claim(0, 0, 1, ROOMY).getFirst(), "three", now.plusSeconds(8));

    assertThat(aside.due()).contains(now.plusSeconds(8));
    clock.advance(Duration.ofSeconds(7));
    assertThat(aside.claim()).isEmpty();
    clock.advance(Duration.ofSeconds(3));
    assertThat(aside.claim()).map(AsideEvent::cause).contains("three");
    AsideEvent again = aside.claim().orElseThrow();
    assertThat(again.event().attempts()).as("it was not settled").isEqualTo(3);
    aside.defer(again, now.plusSeconds(40));
    assertThat(aside.claim()).map(AsideEvent::cause).contains("two");
    spool.settle(List.of(new Delivered(aside.claim().orElseThrow().event())));
    assertThat(aside.claim()).isEmpty();
    assertThat(aside.due()).contains(now.plusSeconds(30));
  }

  @Test
  void one_that_is_put_off_keeps_what_is_said_of_its_failures() {
    Spool spool = spool();
    take(spool, keyed(1, "a"), keyed(2, "a"));
    setAside(spool, "id-1");
    Instant since = clock.instant();
    Aside aside = spool.aside();
    clock.advance(PAUSE);

    aside.defer(aside.claim().orElseThrow().failed("worse"), clock.instant().plus(PAUSE));

    assertThat(aside.due()).contains(clock.instant().plus(PAUSE));
    assertThat(claimed(spool)).isEmpty();
    clock.advance(PAUSE);
    assertThat(aside.claim().orElseThrow())
        .returns(since, AsideEvent::since)
        .returns(1, AsideEvent::failures)
        .returns("worse", AsideEvent::cause);
  }

  @Test
  void one_that_has_gone_meanwhile_is_neither_set_aside_nor_put_off() {
    Spool spool = spool();
    take(spool, keyed(1, "a"), keyed(2, "a"));
    SpooledEvent first = spool.claim(0, 0, 1, ROOMY).getFirst();
    spool.settle(List.of(new Delivered(first)));

    spool.aside().put(first, "late", clock.instant());
    spool.aside().defer(new AsideEvent(first, clock.instant(), 1, "late"), clock.instant());

    assertThat(spool.aside().due()).isEmpty();
    assertThat(claimed(spool)).containsExactly("id-2");
  }

  @Test
  void what_was_set_aside_is_due_at_once_when_the_clock_was_set_back() {
    Spool spool = spoolWith(2);
    Aside aside = spool.aside();
    aside.put(spool.claim(0, 0, 1, ROOMY).getFirst(), "no", clock.instant().plus(PAUSE));
    assertThat(aside.claim()).isEmpty();

    clock.advance(Duration.ofHours(-1));

    assertThat(aside.claim()).isPresent();
    assertThat(aside.due()).hasValueSatisfying(due -> assertThat(due).isBefore(clock.instant()));
    AsideEvent found = aside.claim().orElseThrow();
    aside.defer(found, clock.instant().plus(PAUSE));
    assertThat(aside.claim()).isEmpty();
  }

  /** Sets the lane's oldest event aside, due at once. */
  static void setAside(Spool spool, String id) {
    SpooledEvent oldest = spool.claim(0, 0, 1, ROOMY).getFirst();
    assertThat(oldest.eventId()).isEqualTo(id);
    spool.aside().put(oldest, "500 no", oldest.taken());
  }

  static void settleAside(Spool spool, Function<SpooledEvent, Settlement> how) {
    spool.settle(List.of(how.apply(spool.aside().claim().orElseThrow().event())));
  }

  static List<String> claimed(Spool spool) {
    return spool.claim(0, 0, 100, ROOMY).stream().map(SpooledEvent::eventId).toList();
  }

  private static int attempts(Aside aside) {
    return aside.claim().orElseThrow().event().attempts();
  }

  private static NewEntry large(int number, String key) {
    return new Deliverable("id-" + number, key, "p", new byte[5_000]);
  }
}
