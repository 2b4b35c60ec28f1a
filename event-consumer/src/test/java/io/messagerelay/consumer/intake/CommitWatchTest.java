package io.messagerelay.consumer.intake;

import static io.messagerelay.consumer.store.TestEvents.event;
import static io.messagerelay.consumer.store.TestEvents.events;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A store that hangs: what happens meanwhile happens in the middle of an append. */
final class CommitWatchTest {
  private final FakeEventStore store = new FakeEventStore(ManualClock.at("2026-01-01T12:00:00Z"));
  private final AtomicLong nanos = new AtomicLong();
  private final Deque<Runnable> answers = new ArrayDeque<>();
  private final GroupCommit intake =
      new GroupCommit(store, new QueueLimits(1_000, 1L << 30), nanos::get, answers::add);

  @Test
  void puts_off_all_who_wait_while_a_transaction_takes_too_long() {
    var inside = intake.submit(events("a", 0, 512));
    var behind = intake.submit(List.of(event("b")));
    store.duringNext(
        () -> {
          lookAfter(CommitWatch.PATIENCE);
          assertThat(reason(inside)).isEqualTo(Reason.COMMIT_UNKNOWN);
          assertThat(reason(behind)).isEqualTo(Reason.STORE_UNAVAILABLE);
          assertThat(reason(intake.submit(List.of(event("c")))))
              .isEqualTo(Reason.STORE_UNAVAILABLE);
        });
    run();

    assertThat(store.all()).hasSize(512);
    assertThat(reason(inside)).isEqualTo(Reason.COMMIT_UNKNOWN);
    assertThat(intake.counts()).isEqualTo(new IntakeCounts(1, 512, 0, 0));
  }

  @Test
  void leaves_a_transaction_in_peace_that_is_slow_and_not_too_slow() {
    var inside = intake.submit(List.of(event("a")));
    store.duringNext(
        () -> {
          lookAfter(CommitWatch.PATIENCE.minusNanos(1));
          assertThat(isAnswered(inside)).isFalse();
          assertThat(isAnswered(intake.submit(List.of(event("b"))))).isFalse();
        });
    run();

    assertThat(result(inside))
        .isEqualTo(
            new Committed(List.of(new Outcome.Stored(1)), CommitWatch.PATIENCE.minusNanos(1)));
    assertThat(store.all()).hasSize(2);
  }

  @Test
  void takes_requests_again_by_itself_and_tells_a_sender_who_asks_again_that_all_is_stored() {
    intake.submit(List.of(event("a")));
    store.duringNext(() -> lookAfter(Duration.ofSeconds(7)));
    run();
    var again = intake.submit(List.of(event("a"), event("b")));
    run();

    assertThat(result(again))
        .isEqualTo(
            new Committed(List.of(new Outcome.Duplicate(1), new Outcome.Stored(2)), Duration.ZERO));
  }

  @Test
  void what_the_writer_holds_takes_room_until_it_lets_go() {
    intake.submit(events("a", 0, 1_000));
    store.duringNext(
        () -> {
          lookAfter(CommitWatch.PATIENCE);
          assertThat(intake.counts().waitingEvents()).isEqualTo(1_000);
        });
    run();

    assertThat(intake.counts().waitingEvents()).isZero();
    var all = intake.submit(events("b", 0, 1_000));
    assertThat(reason(intake.submit(List.of(event("c"))))).isEqualTo(Reason.OVERLOADED);
    run();
    assertThat(result(all)).isInstanceOf(Committed.class);
  }

  @Test
  void an_answer_that_was_given_stays_whatever_becomes_of_the_transaction() {
    for (Kind kind : Kind.values()) {
      store.failNext(kind);
      var inside = intake.submit(events(kind.name(), 0, 3));
      store.duringNext(() -> lookAfter(CommitWatch.PATIENCE));
      run();

      assertThat(reason(inside)).as("%s", kind).isEqualTo(Reason.COMMIT_UNKNOWN);
      assertThat(intake.counts().waitingEvents()).as("%s", kind).isZero();
      assertThat(intake.counts().waitingBytes()).as("%s", kind).isZero();
    }
  }

  @Test
  void puts_off_the_other_half_of_a_split_group_too() {
    store.failNext(Kind.REFUSED);
    var first = intake.submit(List.of(event("a")));
    var second = intake.submit(List.of(event("b")));
    intake.step();
    store.duringNext(
        () -> {
          lookAfter(CommitWatch.PATIENCE);
          assertThat(reason(first)).isEqualTo(Reason.COMMIT_UNKNOWN);
          assertThat(reason(second)).isEqualTo(Reason.COMMIT_UNKNOWN);
        });
    run();

    assertThat(store.all()).hasSize(2);
    assertThat(intake.counts().waitingEvents()).isZero();
  }

  @Test
  void counts_the_tries_of_a_transaction_together_and_each_transaction_anew() {
    store.failNext(Kind.UNAVAILABLE);
    var twice = intake.submit(List.of(event("a")));
    store.duringNext(() -> nanos.addAndGet(Duration.ofMillis(900).toNanos()));
    nanos.addAndGet(intake.step());
    store.duringNext(
        () -> {
          lookAfter(Duration.ofMillis(580));
          assertThat(reason(twice)).isEqualTo(Reason.COMMIT_UNKNOWN);
        });
    run();

    var other = intake.submit(List.of(event("b")));
    store.duringNext(() -> lookAfter(Duration.ofMillis(1_400)));
    run();
    assertThat(result(other)).isInstanceOf(Committed.class);
  }

  @Test
  void does_nothing_while_nothing_is_written() {
    var waiting = intake.submit(List.of(event("a")));
    lookAfter(Duration.ofHours(1));

    assertThat(isAnswered(waiting)).isFalse();
    run();
    lookAfter(Duration.ofHours(1));
    assertThat(isAnswered(intake.submit(List.of(event("b"))))).isFalse();
  }

  @Test
  @Timeout(8)
  void ends_in_its_time_and_tells_those_who_come_so_while_the_store_hangs() {
    intake.submit(List.of(event("a")));
    store.duringNext(
        () -> {
          lookAfter(CommitWatch.PATIENCE);
          assertThat(intake.drain(Duration.ofMillis(1))).isFalse();
          intake.close();
          assertThat(reason(intake.submit(List.of(event("b"))))).isEqualTo(Reason.DRAINING);
        });
    run();

    assertThat(reason(intake.submit(List.of(event("c"))))).isEqualTo(Reason.DRAINING);
    assertThat(intake.drain(Duration.ofMillis(1))).isTrue();
  }

  private void lookAfter(Duration time) {
    nanos.addAndGet(time.toNanos());
    intake.watch().look();
    intake.watch().look();
    giveAnswers();
  }

  private void run() {
    long pause = intake.step();
    while (pause != GroupCommit.IDLE) {
      nanos.addAndGet(pause);
      pause = intake.step();
    }
    giveAnswers();
  }

  private void giveAnswers() {
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

  private static Reason reason(CompletionStage<IntakeResult> answer) {
    return ((Deferred) result(answer)).reason();
  }
}
