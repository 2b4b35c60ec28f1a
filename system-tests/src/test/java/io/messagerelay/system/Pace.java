package io.messagerelay.system;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How fast events are taken, so that there is work as long as there are kills to make. Shared by
 * threads.
 */
final class Pace {
  /** From one kill of the consumer to the next, as a multiple of the time it takes to start. */
  private static final double CYCLE = 1.25;

  private final long events;
  private final Duration consumerStart;
  private final AtomicInteger killsLeft;

  /**
   * @param kills after which nothing is stored for a while: those of the consumer and of the
   *     database server, whose are not taken off again
   */
  Pace(long events, int kills, Duration consumerStart) {
    this.events = events;
    this.consumerStart = consumerStart;
    this.killsLeft = new AtomicInteger(kills);
  }

  void consumerKilled() {
    killsLeft.decrementAndGet();
  }

  /** From one event to the next, for a propagator that is started now. */
  Duration interval(long stored) {
    double nanos = CYCLE * killsLeft.get() * consumerStart.toNanos() / Math.max(1, events - stored);
    return Duration.ofNanos((long) nanos);
  }
}
