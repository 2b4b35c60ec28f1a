package io.messagerelay.benchmarks.report;

import java.time.Duration;
import java.util.List;

/**
 * How much is measured of what is done with stored events.
 *
 * @param finding of events in a large store
 * @param following of the live stream
 * @param keeping of what retention does not remove
 * @param importing of one store's events into another
 */
public record ReadingEffort(
    Finding finding, Following following, Keeping keeping, Importing importing) {

  /**
   * How events are found.
   *
   * @param rows of the store
   * @param repetitions of everything, in turns
   * @param answers that count in a repetition, as long as they take no longer than {@code most}
   * @param most after this time a repetition ends
   * @param exported events of an export
   */
  public record Finding(long rows, int repetitions, int answers, Duration most, long exported) {}

  /**
   * How the stream is followed.
   *
   * @param repetitions of everything, in turns
   * @param readers at once
   * @param eventsPerSecond that are stored while readers take all of them
   * @param firstWarmUp of a service that has just started
   * @param warmUp before each window
   * @param window in which events count
   */
  public record Following(
      int repetitions,
      List<Integer> readers,
      int eventsPerSecond,
      Duration firstWarmUp,
      Duration warmUp,
      Duration window) {
    public Following {
      readers = List.copyOf(readers);
    }
  }

  /**
   * How old events are removed.
   *
   * @param rows of the store at the beginning
   * @param repetitions of everything, in turns
   * @param warmUp of a service that has just started
   * @param window in which answers count
   * @param removed events of a pass whose transactions are timed
   */
  public record Keeping(
      long rows, int repetitions, Duration warmUp, Duration window, int removed) {}

  /**
   * How events are moved.
   *
   * @param rows of the store they come from
   * @param repetitions of the whole
   */
  public record Importing(long rows, int repetitions) {}

  static final ReadingEffort FULL =
      new ReadingEffort(
          new Finding(5_000_000, 3, 200, Duration.ofMillis(500), 300_000),
          new Following(
              3,
              List.of(0, 100, 1_000),
              200,
              Duration.ofSeconds(8),
              Duration.ofSeconds(1),
              Duration.ofSeconds(3)),
          new Keeping(1_200_000, 3, Duration.ofSeconds(4), Duration.ofSeconds(3), 100_000),
          new Importing(1_000_000, 3));

  static final ReadingEffort QUICK =
      new ReadingEffort(
          new Finding(200_000, 1, 20, Duration.ofMillis(200), 50_000),
          new Following(
              1,
              List.of(0, 20, 100),
              200,
              Duration.ofSeconds(2),
              Duration.ofMillis(300),
              Duration.ofSeconds(1)),
          new Keeping(200_000, 1, Duration.ofSeconds(1), Duration.ofSeconds(1), 20_000),
          new Importing(50_000, 1));
}
