package io.messagerelay.benchmarks.load;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/** The answers that came while a {@link ClosedLoop} ran once. */
public final class Answers {
  private static final int SUCCESS = 2;

  /** Whole microseconds would be too coarse for the fastest answers. */
  private final Histogram nanos = new Histogram(3);

  private final Map<Integer, Long> refusals = new TreeMap<>();
  private long successes;
  private long runNanos;

  Answers() {}

  void add(int status, long tookNanos) {
    if (status / 100 == SUCCESS) {
      successes++;
      nanos.recordValue(tookNanos);
    } else {
      refusals.merge(status, 1L, Long::sum);
    }
  }

  void ran(long forNanos) {
    runNanos = forNanos;
  }

  /** How many were 2xx. */
  public long successes() {
    return successes;
  }

  /** How many there were, refusals included. */
  long all() {
    return successes + refusals.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Answers a second. */
  public double perSecond() {
    return successes * 1e9 / runNanos;
  }

  public double runSeconds() {
    return runNanos / 1e9;
  }

  /** In milliseconds. */
  public double percentile(double percent) {
    return nanos.getValueAtPercentile(percent) / 1e6;
  }

  /**
   * @throws IllegalStateException when there was any answer but 2xx
   */
  void requireNoRefusal() {
    if (!refusals.isEmpty()) {
      throw new IllegalStateException(
          refusals.entrySet().stream()
              .map(entry -> entry.getValue() + " answers with status " + entry.getKey())
              .collect(
                  Collectors.joining(", ", "the load met ", "; a measurement needs 2xx only")));
    }
  }
}
