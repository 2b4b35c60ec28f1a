package io.messagerelay.consumer.intake;

import static io.messagerelay.consumer.store.TestEvents.event;
import static io.messagerelay.consumer.store.TestEvents.events;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.messagerelay.consumer.intake.IntakeResult.Committed;
import io.messagerelay.consumer.intake.IntakeResult.Deferred;
import io.messagerelay.consumer.intake.IntakeResult.Reason;
import io.messagerelay.consumer.store.FakeEventStore;
import io.messagerelay.consumer.store.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The writer on its own thread. */
final class GroupCommitThreadTest {
  private final FakeEventStore store = new FakeEventStore(ManualClock.at("2026-01-01T12:00:00Z"));
  private final ExecutorService answers = Executors.newVirtualThreadPerTaskExecutor();
  private final GroupCommit intake =
      new GroupCommit(store, QueueLimits.DEFAULT, System::nanoTime, answers);

  @AfterEach
  void close() {
    intake.close();
    answers.close();
  }

  @Test
  void finishes_what_was_accepted_and_refuses_what_is_new_when_it_drains() throws Exception {
    List<CompletionStage<IntakeResult>> accepted =
        IntStream.range(0, 50).mapToObj(i -> intake.submit(events("a-" + i, 0, 100))).toList();
    intake.start();

    assertThat(intake.drain(Duration.ofSeconds(20))).isTrue();

    assertThat(accepted).allMatch(answer -> result(answer) instanceof Committed);
    assertThat(store.all()).hasSize(5_000);
    assertThat(reason(intake.submit(List.of(event("late"))))).isEqualTo(Reason.DRAINING);
    assertThat(intake.isAccepting()).isFalse();
  }

  @Test
  void puts_off_what_it_could_not_finish_in_the_time_it_has_to_drain() throws Exception {
    var waiting = intake.submit(List.of(event("a"))); // the writer never starts

    assertThat(intake.drain(Duration.ofMillis(1))).isFalse();

    assertThat(reason(waiting)).isEqualTo(Reason.DRAINING);
  }

  @Test
  void leaves_nobody_without_an_answer_when_the_writer_has_a_bug() throws Exception {
    store.breakWith(new IllegalStateException("a bug"));
    var begun = intake.submit(events("a", 0, 512));
    var waiting = intake.submit(List.of(event("b")));
    intake.start();

    assertThat(reason(begun)).isEqualTo(Reason.COMMIT_UNKNOWN);
    assertThat(reason(waiting)).isEqualTo(Reason.STORE_UNAVAILABLE);
    assertThat(intake.isAccepting()).isFalse();
    assertThat(reason(intake.submit(List.of(event("c"))))).isEqualTo(Reason.STORE_UNAVAILABLE);
  }

  @Test
  void goes_on_writing_while_a_subscriber_is_slow() throws Exception {
    CountDownLatch told = new CountDownLatch(1);
    CountDownLatch stuck = new CountDownLatch(1);
    var slow = intake.submit(List.of(event("a"))).thenAccept(result -> stay(told, stuck));
    intake.start();
    try {
      assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();

      assertThat(result(intake.submit(List.of(event("b"))))).isInstanceOf(Committed.class);
      assertThat(slow.toCompletableFuture().isDone()).isFalse();
    } finally {
      stuck.countDown();
    }
    slow.toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @Test
  void wakes_up_for_each_request_that_comes_after_a_pause() throws Exception {
    intake.start();
    for (int i = 0; i < 200; i++) {
      assertThat(result(intake.submit(List.of(event("a-" + i))))).isInstanceOf(Committed.class);
    }
    await().until(() -> intake.counts().waitingEvents() == 0);
  }

  private static void stay(CountDownLatch told, CountDownLatch stuck) {
    told.countDown();
    try {
      stuck.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Reason reason(CompletionStage<IntakeResult> answer) {
    return ((Deferred) result(answer)).reason();
  }

  /** Fails when there is none after a long while, instead of hanging. */
  private static IntakeResult result(CompletionStage<IntakeResult> answer) {
    return answer.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }
}
