package io.messagerelay.consumer.http;

import io.messagerelay.consumer.http.connection.LimitTally;
import io.messagerelay.consumer.http.connection.LimitTally.Limit;
import io.messagerelay.consumer.store.StoreException;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Bounds the memory of answers that are read from the store: how many are made at once, and what
 * waits for readers that take it slowly. Shared by threads.
 */
public final class AnswerRoom {
  /** What may wait for all readers together, in bytes; streams alone may take 16 MiB of it. */
  static final long MOST_WAITING = 24L * 1024 * 1024;

  /**
   * The same with the answers to who sends: readers alone cannot fill it, so that they keep nobody
   * from sending.
   */
  private static final long MOST_WITH_SENDERS = 2 * MOST_WAITING;

  /** As many as can read from the store at once, more or less; a page is some MiB at most. */
  private static final int MADE_AT_ONCE = 4;

  /** No longer than a read may wait for the store. */
  private static final Duration PATIENCE = Duration.ofMillis(700);

  private static final Duration ROOM_AFTER = Duration.ofSeconds(1);

  private final LongSupplier waitingBytes;
  private final LimitTally tally;
  private final AtomicLong ready = new AtomicLong();
  private final Semaphore turns = new Semaphore(MADE_AT_ONCE, true);

  /**
   * @param waitingBytes what readers have not taken yet, in bytes
   */
  public AnswerRoom(LongSupplier waitingBytes, LimitTally tally) {
    this.waitingBytes = waitingBytes;
    this.tally = tally;
  }

  /** Makes an answer of what the store has. */
  interface Making {
    Answer answer() throws StoreException;
  }

  /** Whether there is no room for what is read. */
  boolean isFull() {
    return held() > MOST_WAITING;
  }

  /** Whether there is none even for the answer to a request that sends something. */
  boolean isFullForSenders() {
    return held() > MOST_WITH_SENDERS;
  }

  private long held() {
    return waitingBytes.getAsLong() + ready.get();
  }

  /** What is told when the store cannot be read. */
  static Problem unreadable() {
    return Problem.of(Problem.Kind.STORE_UNAVAILABLE, "it could not be read")
        .retryAfter(ROOM_AFTER);
  }

  /** The refusal, counted. */
  Problem full() {
    tally.count(Limit.ANSWERS);
    return Problem.of(Problem.Kind.OVERLOADED, "too much of other answers is waiting to be read")
        .retryAfter(ROOM_AFTER);
  }

  /**
   * Makes the answer when its turn has come; otherwise, and where the store cannot be read, one
   * that says to come back. May wait. What is made counts until its connection has it, and counts
   * it itself.
   */
  Answer make(RoutingContext call, Making making) {
    if (!isTurn()) {
      return full().answer();
    }
    try {
      if (isFull()) {
        return full().answer();
      }
      Answer answer = making.answer();
      int bytes = answer.body().length;
      ready.addAndGet(bytes);
      Place.of(call).onEnd(() -> ready.addAndGet(-bytes));
      return answer;
    } catch (StoreException e) {
      return unreadable().answer();
    } finally {
      turns.release();
    }
  }

  private boolean isTurn() {
    try {
      return turns.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
