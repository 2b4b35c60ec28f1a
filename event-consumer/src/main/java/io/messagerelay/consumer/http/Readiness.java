package io.messagerelay.consumer.http;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Whether an event that is sent now would be stored. The store is asked once a second at most,
 * whoever asks. Shared by threads; blocks on the store.
 */
public final class Readiness {
  private static final Duration FRESH = Duration.ofSeconds(1);

  private final BooleanSupplier accepting;
  private final BooleanSupplier canCommit;
  private final LongSupplier nanoTime;

  @GuardedBy("this")
  private OptionalLong asked = OptionalLong.empty();

  @GuardedBy("this")
  private boolean committed;

  /**
   * @param accepting false while draining
   * @param canCommit asks the store
   * @param nanoTime a clock that only goes forward, in nanoseconds
   */
  public Readiness(BooleanSupplier accepting, BooleanSupplier canCommit, LongSupplier nanoTime) {
    this.accepting = accepting;
    this.canCommit = canCommit;
    this.nanoTime = nanoTime;
  }

  /** What stands in the way; empty when nothing does. */
  Optional<Problem> obstacle() {
    if (!accepting.getAsBoolean()) {
      return Optional.of(obstacle(Problem.Kind.DRAINING, "send to another consumer"));
    }
    return canCommit()
        ? Optional.empty()
        : Optional.of(
            obstacle(Problem.Kind.STORE_UNAVAILABLE, "it is locked, full or not writable"));
  }

  private static Problem obstacle(Problem.Kind kind, String detail) {
    return Problem.of(kind, detail).retryAfter(FRESH);
  }

  private synchronized boolean canCommit() {
    long now = nanoTime.getAsLong();
    if (asked.isEmpty() || now - asked.getAsLong() >= FRESH.toNanos()) {
      committed = canCommit.getAsBoolean();
      asked = OptionalLong.of(now);
    }
    return committed;
  }
}
