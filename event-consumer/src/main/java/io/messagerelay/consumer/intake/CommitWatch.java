package io.messagerelay.consumer.intake;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.messagerelay.consumer.intake.IntakeResult.Reason;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets nobody wait for a store that hangs: a frozen server, a stalled disk. While a transaction
 * takes longer than {@link #PATIENCE}, whoever waits is put off, and new requests are refused.
 *
 * <p>The transaction itself is left alone. It may still commit, and its senders, who were told that
 * this is not known and ask again, are then told {@code Duplicate}. Its requests take room in the
 * backlog until the writer lets go of them, so that what a hanging store holds is bounded too.
 * Shared by the writer and the thread that looks.
 */
final class CommitWatch {
  /** Leaves half a second of the two in which a sender is answered whatever the store does. */
  static final Duration PATIENCE = Duration.ofMillis(1_500);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
  private static final Logger LOG = LoggerFactory.getLogger(CommitWatch.class);

  private final Backlog backlog;
  private final LongSupplier nanoTime;

  /** What the writer holds while it waits for the store; empty in between. */
  @GuardedBy("this")
  private List<Part> held = List.of();

  @GuardedBy("this")
  private long since;

  @GuardedBy("this")
  private boolean late;

  @GuardedBy("this")
  private boolean lateBefore;

  CommitWatch(Backlog backlog, LongSupplier nanoTime) {
    this.backlog = backlog;
    this.nanoTime = nanoTime;
  }

  /** Looks for as long as this writer lives. */
  void start(Thread writer) {
    Thread.ofPlatform().name("commit-watch").daemon().start(() -> lookAfter(writer));
  }

  private void lookAfter(Thread writer) {
    while (writer.isAlive()) {
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
      look();
    }
  }

  /**
   * The writer turns to the store.
   *
   * @param parts the one that is written, and those that wait for their turn
   * @param again whether it did so before with the same part: its time goes on
   */
  synchronized void begin(Collection<Part> parts, boolean again) {
    held = List.copyOf(parts);
    since = again ? since : nanoTime.getAsLong();
  }

  /** How long the writer has been at this transaction, tries and pauses together. */
  synchronized long nanosSinceBegin() {
    return nanoTime.getAsLong() - since;
  }

  /** The store answered, whatever it said. */
  synchronized void end() {
    held = List.of();
    if (late) {
      backlog.suspend(false);
    } else if (lateBefore) {
      LOG.info("the store answers in time again");
    }
    lateBefore = late;
    late = false;
  }

  /** Puts off all who wait, once a transaction, when it takes too long. */
  void look() {
    List<Part> late = foundLate();
    if (!late.isEmpty()) {
      late.forEach(part -> backlog.tellAhead(part.requests(), Reason.COMMIT_UNKNOWN));
      backlog.putOff(Reason.STORE_UNAVAILABLE);
    }
  }

  private synchronized List<Part> foundLate() {
    if (late || held.isEmpty() || nanosSinceBegin() < PATIENCE.toNanos()) {
      return List.of();
    }
    late = true;
    backlog.suspend(true);
    if (!lateBefore) {
      LOG.warn(
          "the store takes longer than {} ms; answering 503 until it answers", PATIENCE.toMillis());
    }
    return held;
  }
}
