package io.messagerelay.propagator.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.propagator.spool.NewEntry.Deliverable;
import io.messagerelay.propagator.spool.NewEntry.Unusable;
import io.messagerelay.propagator.spool.Settlement.Dead;
import io.messagerelay.propagator.spool.Settlement.Delivered;
import io.messagerelay.propagator.spool.Spool.Take;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every spool keeps to when events are claimed, put off and claimed again. */
abstract class SpoolClaimContract {
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

  final Spool spool() {
    return spool(new Lanes(1), ROOMY);
  }

  final Spool spool(Lanes lanes, long bound) {
    Spool spool = open(lanes, bound);
    opened = spool;
    return spool;
  }

  final Spool spoolWith(int events) {
    Spool spool = spool();
    spool.take(
        SOURCE,
        IntStream.rangeClosed(1, events).<NewEntry>mapToObj(SpoolContract::event).toList(),
        null);
    return spool;
  }

  static void take(Spool spool, NewEntry... entries) {
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
