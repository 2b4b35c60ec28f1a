package io.messagerelay.benchmarks.slowing;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import org.HdrHistogram.Histogram;

/** Counts what a receiver is sent and what it answers. Shared by threads. */
final class Tally {
  private static final int DIGITS = 2;

  @GuardedBy("this")
  private long inFlight;

  /** Requests times nanoseconds, until {@link #changed}. */
  @GuardedBy("this")
  private double load;

  @GuardedBy("this")
  private long changed;

  @GuardedBy("this")
  private long begun;

  @GuardedBy("this")
  private long delivered;

  @GuardedBy("this")
  private long again;

  @GuardedBy("this")
  private Histogram nanos = new Histogram(DIGITS);

  Tally(long now) {
    this.changed = now;
    this.begun = now;
  }

  /**
   * What happened in a span of time.
   *
   * @param delivered events that were answered for
   * @param again requests with events that had been sent before
   * @param inFlight requests that were worked on or queued, on average over the time
   * @param latency of the requests that were answered, in nanoseconds
   */
  record Count(long delivered, long again, double inFlight, Histogram latency) {}

  synchronized void arrived(long now, boolean sentBefore) {
    advance(now);
    inFlight++;
    again += sentBefore ? 1 : 0;
  }

  synchronized void answered(long now, long arrived, int events) {
    advance(now);
    inFlight--;
    delivered += events;
    nanos.recordValue(now - arrived);
  }

  /** Since it was asked before. */
  synchronized Count take(long now) {
    advance(now);
    var count = new Count(delivered, again, load / Math.max(1, now - begun), nanos);
    begun = now;
    load = 0;
    delivered = 0;
    again = 0;
    nanos = new Histogram(DIGITS);
    return count;
  }

  /** Threads may come in another order than they read the clock. */
  @GuardedBy("this")
  private void advance(long now) {
    long passed = now - changed;
    if (passed > 0) {
      load += (double) inFlight * passed;
      changed = now;
    }
  }
}
