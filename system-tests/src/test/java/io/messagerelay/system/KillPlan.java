package io.messagerelay.system;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * When a process is killed: at random, but spread over the run, so that every kill comes while
 * there is work.
 *
 * @param kills in the order they are made
 */
record KillPlan(List<Kill> kills) {

  /** The last part of the events is left for after the last kill. */
  private static final double LAST = 0.9;

  private static final long LONGEST_DELAY_NANOS = 20_000_000;

  /**
   * One kill.
   *
   * @param atStored not before the store holds so many events
   * @param delay and then after so long
   */
  record Kill(long atStored, Duration delay) {}

  static KillPlan random(int kills, long events, RandomGenerator random) {
    double apart = events * LAST / Math.max(kills, 1);
    return new KillPlan(
        IntStream.range(0, kills)
            .mapToObj(
                i ->
                    new Kill(
                        (long) (apart * (i + random.nextDouble())),
                        Duration.ofNanos(random.nextLong(LONGEST_DELAY_NANOS))))
            .toList());
  }
}
