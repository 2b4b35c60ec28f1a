package io.messagerelay.benchmarks.report;

import java.time.Duration;
import java.util.List;

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
 * @param replays of files
 * @param outbox whose rows are relayed
 * @param slowing of a consumer
 * @param starts of a command or a service
 * @param opening of a spool that was left by a kill
 * @param idle for which both services have nothing to do
 * @param reading what is done with stored events
 */
public record Effort(
    int repetitions,
    Duration firstWarmUp,
    Duration warmUp,
    Duration window,
    long manyRows,
    Duration reads,
    int relayed,
    Replays replays,
    Outbox outbox,
    Slowing slowing,
    int starts,
    Opening opening,
    Duration idle,
    ReadingEffort reading) {

  private static final long MIB = 1024 * 1024;
  private static final long GIB = 1024 * MIB;

  /**
   * How files are replayed.
   *
   * @param repetitions of each rate
   * @param events of the file whose rate counts
   * @param sizes of the files whose memory counts, in events
   */
  public record Replays(int repetitions, int events, List<Integer> sizes) {
    public Replays {
      sizes = List.copyOf(sizes);
    }
  }

  /**
   * How an outbox is written to.
   *
   * @param rates in rows/s
   * @param warmUp before the window
   * @param window in which rows count
   */
  public record Outbox(List<Integer> rates, Duration warmUp, Duration window) {
    public Outbox {
      rates = List.copyOf(rates);
    }
  }

  /**
   * How a consumer slows down, as spans that follow each other.
   *
   * @param before in which it has its full speed
   * @param slow in which it is slower
   * @param after in which it has its full speed again, and events are still offered
   */
  public record Slowing(Duration before, Duration slow, Duration after) {}

  /**
   * How a full spool is opened.
   *
   * @param bytes its bound
   * @param smallBytes that of another one, to compare it with
   * @param repetitions of each start and command
   */
  public record Opening(long bytes, long smallBytes, int repetitions) {}

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
          new Replays(3, 1_000_000, List.of(100_000, 1_000_000, 5_000_000)),
          new Outbox(List.of(1_000, 10_000), Duration.ofSeconds(20), Duration.ofSeconds(30)),
          new Slowing(Duration.ofSeconds(20), Duration.ofSeconds(30), Duration.ofSeconds(45)),
          10,
          new Opening(GIB, 16 * MIB, 3),
          Duration.ofSeconds(60),
          ReadingEffort.FULL);

  /** Shows in some minutes whether everything still runs; its figures say little. */
  public static final Effort QUICK =
      new Effort(
          1,
          Duration.ofSeconds(3),
          Duration.ofMillis(300),
          Duration.ofSeconds(1),
          200_000,
          Duration.ofMillis(200),
          50_000,
          new Replays(1, 50_000, List.of(20_000, 50_000)),
          new Outbox(List.of(1_000), Duration.ofSeconds(3), Duration.ofSeconds(5)),
          new Slowing(Duration.ofSeconds(6), Duration.ofSeconds(6), Duration.ofSeconds(6)),
          2,
          new Opening(32 * MIB, 8 * MIB, 1),
          Duration.ofSeconds(5),
          ReadingEffort.QUICK);
}
