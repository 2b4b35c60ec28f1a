package io.messagerelay.benchmarks.slowing;

import java.time.Duration;

/**
 * What a receiver can do at full speed.
 *
 * @param workers requests that are worked on at once; the others queue
 * @param request what each costs a worker, whatever is in it
 * @param event what each event in it costs on top
 */
record Capacity(int workers, Duration request, Duration event) {
  long nanos(int events) {
    return request.toNanos() + events * event.toNanos();
  }

  /** Events a second, in requests of so many. */
  double perSecond(int events) {
    return workers * events * 1e9 / nanos(events);
  }
}
