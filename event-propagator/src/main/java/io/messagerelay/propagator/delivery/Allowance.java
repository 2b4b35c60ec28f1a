package io.messagerelay.propagator.delivery;

import com.netflix.concurrency.limits.Limit;
import com.netflix.concurrency.limits.limit.AIMDLimit;
import com.netflix.concurrency.limits.limit.Gradient2Limit;
import java.util.concurrent.TimeUnit;

/**
 * How many requests may be in flight, from what became of earlier ones; the only place that decides
 * it. The smaller of two limits:
 *
 * <ul>
 *   <li>by latency: it falls as long as answers take more than twice as long as they did on
 *       average, by a tenth of itself at most each time, and rises again while they do not;
 *   <li>by failures: it is halved by each, and rises by one with each answer as far as three
 *       quarters of what was in flight before, and from there by one in a round of answers.
 * </ul>
 *
 * <p>Neither rises when less than half of it is used. Guarded by whoever owns it.
 */
final class Allowance {
  /** Batches of 1 to 1,000 events differ twenty-fold in latency, round an average. */
  private static final double TOLERANCE = 2.0;

  /** Answers over which latency is averaged: a fifth of them, and the average has followed. */
  private static final int AVERAGED = 100;

  /** What one answer counts, so that a slow one alone takes nobody's place. */
  private static final double SMOOTHING = 0.2;

  /** A limit gains one in so many at each answer, or one whole; times the smoothing. */
  private static final int GROWS_BY_ONE_IN = 4;

  private static final double HALF = 0.5;

  private final int most;
  private final Limit byLatency;
  private final Limit byFailures;

  /** Whether nobody was answered since a failure. */
  private boolean failing;

  /** Up to here the limit by failures rises with each answer. */
  private int soon;

  private int answersInRound;

  /**
   * @param most requests in flight; all of them at first
   */
  Allowance(int most) {
    this.most = most;
    this.byLatency =
        Gradient2Limit.newBuilder()
            .initialLimit(withHeadroom(most))
            .maxConcurrency(withHeadroom(most))
            .minLimit(1)
            .queueSizeFunction(limit -> Math.max(1, limit / GROWS_BY_ONE_IN))
            .rttTolerance(TOLERANCE)
            .longWindow(AVERAGED)
            .smoothing(SMOOTHING)
            .build();
    this.byFailures =
        AIMDLimit.newBuilder()
            .initialLimit(most)
            .maxLimit(most)
            .minLimit(1)
            .backoffRatio(HALF)
            .timeout(1, TimeUnit.DAYS) // how slow is too slow, the other one decides
            .build();
  }

  /** Limits are fractions, cut off: without it a single slow answer would cost a place. */
  private static int withHeadroom(int most) {
    return most + 1;
  }

  int most() {
    return most;
  }

  /** 1 or more. */
  int now() {
    return Math.min(most, Math.min(byLatency.getLimit(), byFailures.getLimit()));
  }

  /**
   * @param nanos from sent to answered
   * @param inFlight when it was sent, itself included
   */
  void answered(long nanos, int inFlight) {
    long latency = Math.max(1, nanos); // the gradient divides by it
    byLatency.onSample(0, latency, inFlight, false);
    failing = false;
    answersInRound++;
    int limit = byFailures.getLimit();
    if (limit < soon || answersInRound >= limit) {
      answersInRound = 0;
      byFailures.onSample(0, latency, inFlight, false);
    }
  }

  /** How long a failure took says nothing of how long an answer takes. */
  void failed(int inFlight) {
    if (!failing) {
      failing = true;
      soon = inFlight * 3 / 4;
    }
    byFailures.onSample(0, 1, inFlight, true);
  }
}
