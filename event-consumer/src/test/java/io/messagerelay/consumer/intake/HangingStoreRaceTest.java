package io.messagerelay.consumer.intake;

import static io.messagerelay.consumer.store.TestEvents.events;
import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.consumer.intake.IntakeResult.Committed;
import io.messagerelay.consumer.intake.IntakeResult.Deferred;
import io.messagerelay.consumer.intake.IntakeResult.Outcome.Refused;
import io.messagerelay.consumer.intake.IntakeResult.Reason;
import io.messagerelay.consumer.store.FakeEventStore;
import io.messagerelay.consumer.store.ManualClock;
import io.messagerelay.consumer.store.StoreException.Kind;
import io.messagerelay.contract.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * Senders, the writer and the watch on threads of their own, over a store that hangs, fails and
 * goes on at random. Time runs a thousand times faster, so that hanging takes milliseconds.
 */
final class HangingStoreRaceTest {
  private static final int SENDERS = 8;
  private static final int EVENTS_A_SENDER = 600;

  private final long seed = new Random().nextLong();
  private final FakeEventStore store = new FakeEventStore(ManualClock.at("2026-01-01T12:00:00Z"));
  private final Set<Reason> reasons = Collections.synchronizedSet(EnumSet.noneOf(Reason.class));
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger answers = new AtomicInteger();

  @Test
  void gives_every_request_one_answer_and_all_room_back() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        GroupCommit intake =
            new GroupCommit(store, QueueLimits.DEFAULT, () -> System.nanoTime() * 1_000, threads)) {
      intake.start();
      Thread looking = Thread.ofPlatform().start(() -> look(intake));
      unrest(new Random(seed));
      List<Future<?>> senders = new ArrayList<>();
      for (int i = 0; i < SENDERS; i++) {
        int sender = i;
        senders.add(threads.submit(() -> send(intake, sender, new Random(seed + 1 + sender))));
      }
      for (Future<?> sender : senders) {
        sender.get(60, TimeUnit.SECONDS);
      }

      assertThat(intake.drain(Duration.ofSeconds(20))).as("seed %s", seed).isTrue();
      looking.interrupt();
      looking.join();
      assertThat(intake.counts().waitingEvents()).as("seed %s", seed).isZero();
      assertThat(intake.counts().waitingBytes()).as("seed %s", seed).isZero();
    }
    assertThat(answers).as("seed %s", seed).hasValue(requests.get());
    assertThat(store.all()).as("seed %s", seed).hasSize(SENDERS * EVENTS_A_SENDER);
    assertThat(reasons)
        .as("seed %s", seed)
        .contains(Reason.COMMIT_UNKNOWN, Reason.STORE_UNAVAILABLE);
  }

  private static void look(GroupCommit intake) {
    while (!Thread.currentThread().isInterrupted()) {
      intake.watch().look();
      Thread.onSpinWait();
    }
  }

  /** Before each append something happens, and it sees to it that something happens next. */
  private void unrest(Random random) {
    store.duringNext(
        () -> {
          switch (random.nextInt(20)) {
            case 0, 1, 2 -> LockSupport.parkNanos(1_000_000L + random.nextInt(2_000_000));
            case 3 -> store.failNext(Kind.UNAVAILABLE);
            case 4 -> store.failNext(Kind.UNKNOWN);
            case 5 -> store.failNext(Kind.REFUSED);
            default -> {}
          }
          unrest(random);
        });
  }

  /** Each request is sent until it is stored; one in three is not waited for before the next. */
  private void send(GroupCommit intake, int sender, Random random) {
    List<CompletableFuture<Void>> open = new ArrayList<>();
    int sent = 0;
    while (sent < EVENTS_A_SENDER) {
      int end = Math.min(EVENTS_A_SENDER, sent + 1 + random.nextInt(30));
      open.add(untilStored(intake, events("s" + sender, sent, end)));
      sent = end;
      if (random.nextInt(3) > 0) {
        CompletableFuture.allOf(open.toArray(CompletableFuture[]::new)).join();
      }
    }
    CompletableFuture.allOf(open.toArray(CompletableFuture[]::new)).join();
  }

  private CompletableFuture<Void> untilStored(GroupCommit intake, List<Event> request) {
    requests.incrementAndGet();
    return intake
        .submit(request)
        .toCompletableFuture()
        .thenComposeAsync(
            result -> {
              answers.incrementAndGet();
              return isStored(result)
                  ? CompletableFuture.completedFuture(null)
                  : untilStored(intake, request);
            });
  }

  private boolean isStored(IntakeResult result) {
    return switch (result) {
      case Committed(var outcomes, var _) -> outcomes.stream().noneMatch(Refused.class::isInstance);
      case Deferred(var reason, var _) -> {
        reasons.add(reason);
        yield false;
      }
    };
  }
}
