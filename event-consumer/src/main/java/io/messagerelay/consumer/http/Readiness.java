package io.messagerelay.consumer.http;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Whether an event that is sent now would be stored. The store is asked once a second at most,
 * whoever asks, and not while it owes an answer. Shared by threads; never blocks the caller.
 */
public final class Readiness {
  private static final Duration FRESH = Duration.ofSeconds(1);

  /** A store that says nothing for this long cannot commit. */
  private static final Duration PATIENCE = Duration.ofMillis(1_500);

  private final BooleanSupplier accepting;
  private final BooleanSupplier canCommit;
  private final Executor asking;
  private final LongSupplier nanoTime;

  @GuardedBy("this")
  private CompletableFuture<Boolean> answer = CompletableFuture.completedFuture(false);

  @GuardedBy("this")
  private long asked;

  @GuardedBy("this")
  private boolean everAsked;

  /** Before the first answer: the store has just been opened. */
  private volatile boolean lastAnswer = true;

  /**
   * @param accepting false while draining
   * @param canCommit asks the store; may take long
   * @param asking runs that, one at a time, on a thread that may block
   * @param nanoTime a clock that only goes forward, in nanoseconds
   */
  public Readiness(
      BooleanSupplier accepting,
      BooleanSupplier canCommit,
      Executor asking,
      LongSupplier nanoTime) {
    this.accepting = accepting;
    this.canCommit = canCommit;
    this.asking = asking;
    this.nanoTime = nanoTime;
  }

  /** What stands in the way; empty when nothing does. Completes within {@link #PATIENCE}. */
  CompletionStage<Optional<Problem>> obstacle() {
    if (!accepting.getAsBoolean()) {
      return CompletableFuture.completedFuture(
          Optional.of(obstacle(Problem.Kind.DRAINING, "send to another consumer")));
    }
    return canCommit().thenApply(Readiness::obstacle);
  }

  /**
   * What is known already, for one who does not wait and asks again and again: the store's last
   * answer, while the next one is on its way and not late.
   */
  public boolean isReady() {
    return accepting.getAsBoolean() && canCommit().getNow(lastAnswer);
  }

  private static Optional<Problem> obstacle(boolean canCommit) {
    return canCommit
        ? Optional.empty()
        : Optional.of(
            obstacle(
                Problem.Kind.STORE_UNAVAILABLE, "it is away, slow, locked, full or not writable"));
  }

  private static Problem obstacle(Problem.Kind kind, String detail) {
    return Problem.of(kind, detail).retryAfter(FRESH);
  }

  private synchronized CompletableFuture<Boolean> canCommit() {
    long age = nanoTime.getAsLong() - asked;
    if (!everAsked || (answer.isDone() && age >= FRESH.toNanos())) {
      ask();
    } else if (!answer.isDone() && age >= PATIENCE.toNanos()) {
      return CompletableFuture.completedFuture(false);
    }
    return answer.copy().completeOnTimeout(false, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  @GuardedBy("this")
  private void ask() {
    everAsked = true;
    asked = nanoTime.getAsLong();
    answer = CompletableFuture.supplyAsync(canCommit::getAsBoolean, asking);
    var _ = answer.whenComplete((can, fault) -> lastAnswer = fault == null && can);
  }
}
