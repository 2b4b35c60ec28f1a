package io.messagerelay.consumer.overview;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * How long the transactions of the last minute took, to two digits, in memory that does not grow.
 * One thread records and never waits; others look.
 */
public final class CommitTimes {
  /** Slices of a minute. */
  static final int SLICES = 12;

  /** What takes longer counts as this. */
  private static final long LONGEST_MICROS = Duration.ofMinutes(1).toNanos() / 1_000;

  private static final int DIGITS = 2;

  private final SingleWriterRecorder recorder = new SingleWriterRecorder(LONGEST_MICROS, DIGITS);

  /** Used again and again to take what was recorded. */
  @GuardedBy("this")
  private Histogram taken = recorder.getIntervalHistogram();

  /** The last one is not full yet. */
  @GuardedBy("this")
  private final Deque<Histogram> slices = new ArrayDeque<>(SLICES);

  public CommitTimes() {
    for (int i = 0; i < SLICES; i++) {
      slices.add(new Histogram(LONGEST_MICROS, DIGITS));
    }
  }

  /** Only ever called by one thread at a time. */
  public void record(long nanos) {
    recorder.recordValue(Math.min(LONGEST_MICROS, TimeUnit.NANOSECONDS.toMicros(nanos)));
  }

  /** Those of the slice that ends here; the next one begins, and the oldest is forgotten. */
  synchronized Optional<Percentiles> endSlice() {
    collect();
    Optional<Percentiles> ended = Percentiles.of(slices.getLast());
    Histogram next = slices.removeFirst();
    next.reset();
    slices.addLast(next);
    return ended;
  }

  /** Those of all slices; the last one has only begun. */
  synchronized Optional<Percentiles> ofAllSlices() {
    collect();
    var all = new Histogram(LONGEST_MICROS, DIGITS);
    slices.forEach(all::add);
    return Percentiles.of(all);
  }

  @GuardedBy("this")
  private void collect() {
    taken = recorder.getIntervalHistogram(taken);
    slices.getLast().add(taken);
  }
}
