package io.messagerelay.consumer.tail;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Counts what waits for one reader, so that a slow one costs little: it is full at {@link #ROOM}
 * and one event, and earlier when all readers together have {@link #MOST_WAITING}. Shared by the
 * reader's thread and whoever reports what has left.
 */
public final class Outlet {
  /** Enough to keep a connection busy while the next piece is read. */
  static final int ROOM = 64 * 1024;

  /** For all readers; beyond it each of them has one event waiting at most. */
  static final long MOST_WAITING = 16L * 1024 * 1024;

  private final Line line;
  private final AtomicLong waitingOfAll;
  private final LongSupplier nanoTime;
  private final Runnable wake;

  @GuardedBy("this")
  private long waiting;

  @GuardedBy("this")
  private long moved;

  @GuardedBy("this")
  private boolean closed;

  /**
   * @param waitingOfAll shared by all outlets
   * @param wake has the reader's thread look again
   */
  Outlet(Line line, AtomicLong waitingOfAll, LongSupplier nanoTime, Runnable wake) {
    this.line = line;
    this.waitingOfAll = waitingOfAll;
    this.nanoTime = nanoTime;
    this.wake = wake;
  }

  /** Sends all of it together; does nothing for an empty list. */
  void write(List<byte[]> pieces) {
    if (!pieces.isEmpty()) {
      long bytes = pieces.stream().mapToLong(piece -> piece.length).sum();
      keep(bytes);
      line.send(pieces, () -> left(bytes));
    }
  }

  private synchronized void keep(long bytes) {
    moved = waiting == 0 ? nanoTime.getAsLong() : moved;
    waiting += bytes;
    waitingOfAll.addAndGet(bytes);
  }

  private void left(long bytes) {
    synchronized (this) {
      if (closed) {
        return;
      }
      waiting -= bytes;
      waitingOfAll.addAndGet(-bytes);
      moved = nanoTime.getAsLong();
    }
    wake.run();
  }

  /** Gives back the room of what may never leave. Nothing is written any more. */
  synchronized void close() {
    closed = true;
    waitingOfAll.addAndGet(-waiting);
    waiting = 0;
  }

  /** Whether it would have no room left with so many bytes more. */
  synchronized boolean isFull(long more) {
    long all = waiting + more;
    return all >= ROOM || (all > 0 && waitingOfAll.get() + more >= MOST_WAITING);
  }

  synchronized boolean isWaiting() {
    return waiting > 0;
  }

  /** Since when the reader has taken nothing of what waits, in nanoseconds. */
  synchronized long moved() {
    return moved;
  }

  /** Ends the answer as a whole one. */
  void end() {
    line.end();
  }

  /** Breaks it off. */
  void cut() {
    line.cut();
  }

  boolean isGone() {
    return line.isGone();
  }
}
