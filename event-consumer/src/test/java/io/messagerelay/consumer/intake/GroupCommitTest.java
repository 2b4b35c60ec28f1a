package io.messagerelay.consumer.intake;

import static io.messagerelay.consumer.store.TestEvents.event;
import static io.messagerelay.consumer.store.TestEvents.events;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.messagerelay.consumer.intake.IntakeResult.Committed;
import io.messagerelay.consumer.intake.IntakeResult.Deferred;
import io.messagerelay.consumer.intake.IntakeResult.Outcome;
import io.messagerelay.consumer.intake.IntakeResult.Reason;
import io.messagerelay.consumer.store.FakeEventStore;
import io.messagerelay.consumer.store.ManualClock;
import io.messagerelay.consumer.store.StoreException.Kind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Drives the writer step by step, with the time and the answers in the test's hand. */
final class GroupCommitTest {
  private final FakeEventStore store = new FakeEventStore(ManualClock.at("2026-01-01T12:00:00Z"));
  private final AtomicLong nanos = new AtomicLong();
  private final Deque<Runnable> answers = new ArrayDeque<>();
  private final GroupCommit intake =
      new GroupCommit(store, QueueLimits.DEFAULT, nanos::get, answers::add);

  @Test
  void answers_nobody_before_the_commit() {
    var answer = intake.submit(List.of(event("a")));

    assertThat(isAnswered(answer)).isFalse();
    assertThat(store.all()).isEmpty();

    run();
    assertThat(result(answer)).isEqualTo(committed(new Outcome.Stored(1)));
  }

  @Test
  void tells_how_long_a_request_waited_for_its_commit_and_not_for_its_answer() {
    var first = intake.submit(List.of(event("a")));
    nanos.addAndGet(5);
    var second = intake.submit(List.of(event("b")));
    nanos.addAndGet(20);
    store.duringNext(() -> nanos.addAndGet(100));
    intake.step();
    nanos.addAndGet(7_000);
    run();

    assertThat(((Committed) result(first)).waited()).isEqualTo(Duration.ofNanos(125));
    assertThat(((Committed) result(second)).waited()).isEqualTo(Duration.ofNanos(120));
  }

  @Test
  void stores_requests_that_wait_together_in_one_transaction() {
    var first = intake.submit(events("a", 0, 2));
    var second = intake.submit(List.of(event("b")));
    run();

    assertThat(store.appends()).containsExactly(3);
    assertThat(result(first)).isEqualTo(committed(new Outcome.Stored(1), new Outcome.Stored(2)));
    assertThat(result(second)).isEqualTo(committed(new Outcome.Stored(3)));
  }

  @Test
  void gives_each_event_its_outcome_in_order() {
    intake.submit(List.of(event("old", "t", "1"), event("other", "t", "1")));
    run();
    var answer =
        intake.submit(
            List.of(event("new"), event("other", "t", "2"), event("old", "t", "1"), event("new")));
    run();

    assertThat(result(answer))
        .isEqualTo(
            committed(
                new Outcome.Stored(3),
                new Outcome.Conflict(),
                new Outcome.Duplicate(1),
                new Outcome.Duplicate(3)));
  }

  @Test
  void takes_at_most_512_events_a_group_and_a_larger_request_alone() {
    intake.submit(events("a", 0, 300));
    intake.submit(events("b", 0, 212));
    intake.submit(events("c", 0, 1));
    intake.submit(events("d", 0, 1_000));
    intake.submit(events("e", 0, 1));
    run();

    assertThat(store.appends()).containsExactly(512, 1, 1_000, 1);
  }

  @Test
  void takes_few_large_events_a_group() {
    String large = "x".repeat(1024 * 1024);
    IntStream.range(0, 6).forEach(i -> intake.submit(List.of(event("a" + i, "t", large))));
    run();

    assertThat(store.appends()).containsExactly(3, 3);
  }

  @Test
  void lets_only_the_sender_of_a_refused_event_hear_of_it() {
    store.refuse(event -> event.id().equals("bad-3"));
    List<CompletionStage<IntakeResult>> good =
        IntStream.range(0, 20).mapToObj(i -> intake.submit(List.of(event("good-" + i)))).toList();
    var guilty = intake.submit(events("bad", 0, 6));
    var last = intake.submit(events("last", 0, 2));
    run();

    assertThat(good).allMatch(answer -> outcomes(answer).getFirst() instanceof Outcome.Stored);
    assertThat(outcomes(last)).allMatch(outcome -> outcome instanceof Outcome.Stored);
    assertThat(outcomes(guilty)).hasSize(6);
    assertThat(outcomes(guilty).get(3))
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            refused -> assertThat(refused.detail()).contains("not this one"));
    assertThat(outcomes(guilty).stream().filter(Outcome.Stored.class::isInstance)).hasSize(5);
    assertThat(store.all()).hasSize(27);
  }

  @Test
  void keeps_the_order_of_events_when_it_splits() {
    store.refuse(event -> event.id().startsWith("bad"));
    intake.submit(
        List.of(event("0"), event("bad-1"), event("2"), event("3"), event("bad-4"), event("5")));
    intake.submit(List.of(event("6")));
    run();

    assertThat(store.all().stream().map(stored -> stored.event().id()))
        .containsExactly("0", "2", "3", "5", "6");
  }

  @Test
  void finds_one_refused_event_among_a_thousand_in_few_transactions() {
    store.refuse(event -> event.id().equals("a-617"));
    var answer = intake.submit(events("a", 0, 1_000));
    run();

    assertThat(outcomes(answer).get(617)).isInstanceOf(Outcome.Refused.class);
    assertThat(store.appends()).hasSizeLessThan(25);
  }

  @Test
  void tries_again_when_the_store_is_away_for_a_moment() {
    store.failNext(Kind.UNAVAILABLE, Kind.UNAVAILABLE);
    var answer = intake.submit(List.of(event("a")));

    assertThat(intake.step()).isEqualTo(Duration.ofMillis(20).toNanos());
    nanos.addAndGet(Duration.ofMillis(20).toNanos());
    assertThat(intake.step()).isEqualTo(Duration.ofMillis(40).toNanos());
    nanos.addAndGet(Duration.ofMillis(40).toNanos());
    run();

    assertThat(result(answer))
        .isEqualTo(new Committed(List.of(new Outcome.Stored(1)), Duration.ofMillis(60)));
  }

  @Test
  void puts_off_all_who_wait_when_the_store_stays_away_for_a_second() {
    store.away();
    var begun = intake.submit(events("a", 0, 512));
    var waiting = intake.submit(List.of(event("b")));
    run();

    assertThat(result(begun)).isEqualTo(deferred(Reason.STORE_UNAVAILABLE));
    assertThat(result(waiting)).isEqualTo(deferred(Reason.STORE_UNAVAILABLE));
    assertThat(Duration.ofNanos(nanos.get())).isLessThanOrEqualTo(Duration.ofSeconds(1));
    assertThat(intake.counts().waitingEvents()).isZero();
  }

  @Test
  void tries_once_while_the_store_is_known_to_be_away_and_stores_when_it_is_back() {
    store.away();
    intake.submit(List.of(event("a")));
    run();
    int tries = store.appends().size();
    var second = intake.submit(List.of(event("b")));
    run();
    store.back();
    var third = intake.submit(List.of(event("c")));
    run();

    assertThat(result(second)).isEqualTo(deferred(Reason.STORE_UNAVAILABLE));
    assertThat(result(third)).isEqualTo(committed(new Outcome.Stored(1)));
    assertThat(store.appends()).hasSize(tries + 2);
  }

  @Test
  void puts_off_the_group_alone_whose_commit_is_unknown() {
    store.failNext(Kind.UNKNOWN);
    var unknown = intake.submit(events("a", 0, 512));
    var next = intake.submit(List.of(event("b")));
    run();

    assertThat(result(unknown)).isEqualTo(deferred(Reason.COMMIT_UNKNOWN));
    assertThat(result(next)).isEqualTo(committed(new Outcome.Stored(1)));
  }

  @Test
  void puts_off_a_whole_request_when_a_part_of_it_is_unknown() {
    store.failNext(Kind.REFUSED, Kind.UNKNOWN);
    var answer = intake.submit(events("a", 0, 4));
    run();

    assertThat(result(answer)).isEqualTo(deferred(Reason.COMMIT_UNKNOWN));
    assertThat(store.all()).hasSize(2);
  }

  @Test
  void answers_those_already_stored_when_the_store_goes_away_amid_a_split() {
    store.failNext(Kind.REFUSED);
    var first = intake.submit(List.of(event("a")));
    var second = intake.submit(List.of(event("b")));
    intake.step();
    intake.step();
    store.away();
    run();

    assertThat(result(first)).isEqualTo(committed(new Outcome.Stored(1)));
    assertThat(result(second)).isEqualTo(deferred(Reason.STORE_UNAVAILABLE));
  }

  @Test
  void refuses_at_once_when_the_queue_is_full_of_events() {
    var small = new GroupCommit(store, new QueueLimits(1_000, 1L << 30), nanos::get, answers::add);
    small.submit(events("a", 0, 999));

    assertThat(result(small.submit(events("b", 0, 2)))).isEqualTo(deferred(Reason.OVERLOADED));
    assertThat(isAnswered(small.submit(List.of(event("c"))))).isFalse();
  }

  @Test
  void says_before_a_request_is_read_whether_any_would_be_taken() {
    var small = new GroupCommit(store, new QueueLimits(1_000, 1L << 30), nanos::get, answers::add);
    small.submit(events("a", 0, 999));
    assertThat(small.refusal()).isEmpty();
    small.submit(events("b", 0, 1));
    assertThat(small.refusal()).contains(deferred(Reason.OVERLOADED));

    small.step();
    answers.forEach(Runnable::run);
    assertThat(small.refusal()).isEmpty();
  }

  @Test
  void refuses_at_once_when_the_queue_is_full_of_bytes() {
    var small = new GroupCommit(store, new QueueLimits(1_000, 16 << 20), nanos::get, answers::add);
    String large = "x".repeat(4 * 1024 * 1024);
    small.submit(List.of(event("a", "t", large)));

    assertThat(result(small.submit(List.of(event("b", "t", large)))))
        .isEqualTo(deferred(Reason.OVERLOADED));
  }

  @Test
  void holds_room_until_the_answer_is_given() {
    var small = new GroupCommit(store, new QueueLimits(1_000, 1L << 30), nanos::get, answers::add);
    small.submit(events("a", 0, 1_000));
    small.step();
    assertThat(store.all()).hasSize(1_000);
    assertThat(result(small.submit(List.of(event("b"))))).isEqualTo(deferred(Reason.OVERLOADED));

    answers.forEach(Runnable::run);
    assertThat(isAnswered(small.submit(List.of(event("b"))))).isFalse();
    assertThat(small.counts()).isEqualTo(new IntakeCounts(1, 1_000, 1, 256 + 2 * (1 + 13 + 12)));
  }

  @Test
  void can_always_hold_the_largest_request() {
    assertThatThrownBy(() -> new QueueLimits(999, 1L << 30))
        .hasMessageContaining("at least 1000 and 16777216");
    assertThatThrownBy(() -> new QueueLimits(1_000, (16 << 20) - 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void answers_although_its_executor_has_ended() {
    var late =
        new GroupCommit(
            store,
            QueueLimits.DEFAULT,
            nanos::get,
            task -> {
              throw new RejectedExecutionException();
            });
    var answer = late.submit(List.of(event("a")));
    late.step();

    assertThat(result(answer)).isEqualTo(committed(new Outcome.Stored(1)));
  }

  @Test
  void refuses_requests_without_events_and_larger_ones_than_a_body() {
    assertThatThrownBy(() -> intake.submit(List.of())).hasMessageContaining("not 0");
    assertThatThrownBy(() -> intake.submit(events("a", 0, 1_001))).hasMessageContaining("not 1001");
  }

  /** Runs the writer until it is idle, jumping over its pauses, and gives all answers. */
  private void run() {
    long pause = intake.step();
    while (pause != GroupCommit.IDLE) {
      nanos.addAndGet(pause);
      pause = intake.step();
    }
    while (!answers.isEmpty()) {
      answers.remove().run();
    }
  }

  private static boolean isAnswered(CompletionStage<IntakeResult> answer) {
    return answer.toCompletableFuture().isDone();
  }

  private static IntakeResult result(CompletionStage<IntakeResult> answer) {
    assertThat(isAnswered(answer)).isTrue();
    return answer.toCompletableFuture().join();
  }

  private static List<Outcome> outcomes(CompletionStage<IntakeResult> answer) {
    return ((Committed) result(answer)).outcomes();
  }

  private static Committed committed(Outcome... outcomes) {
    return new Committed(List.of(outcomes), Duration.ZERO);
  }

  private static Deferred deferred(Reason reason) {
    return new Deferred(reason, Duration.ofSeconds(1));
  }
}
