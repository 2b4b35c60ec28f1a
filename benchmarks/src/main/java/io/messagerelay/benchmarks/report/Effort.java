package io.messagerelay.benchmarks.report;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param repetitions of everything that is interleaved
 * @param firstWarmUp for a service that has just started
 * @param warmUp before each window
 * @param window in which answers count
 * @param manyRows of the large store whose pages are read
 * @param reads in which the answers of one query count
 * @param relayed events that a spool holds when its propagator starts
 * @param starts of a command or a service
 * @param idle for which both services have nothing to do
 */
public record Effort(
    int repetitions,
    Duration firstWarmUp,
    Duration warmUp,
    Duration window,
    long manyRows,
    Duration reads,
    int relayed,
    int starts,
    Duration idle) {

  /** What the committed report is made with. */
  public static final Effort FULL =
      new Effort(
          5,
          Duration.ofSeconds(10),
          Duration.ofMillis(700),
          Duration.ofSeconds(3),
          5_000_000,
          Duration.ofMillis(500),
          300_000,
          10,
          Duration.ofSeconds(60));

  /** Shows in about three minutes whether everything still runs; its figures say little. */
  public static final Effort QUICK =
      new Effort(
          1,
          Duration.ofSeconds(3),
          Duration.ofMillis(300),
          Duration.ofSeconds(1),
          200_000,
          Duration.ofMillis(200),
          50_000,
          2,
          Duration.ofSeconds(5));
}
