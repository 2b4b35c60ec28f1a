package io.messagerelay.benchmarks.load;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/** The answers that came while a {@link ClosedLoop} ran once. */
public final class Answers {
  private static final int SUCCESS = 2;

  /** Whole microseconds would be too coarse for the fastest answers. */
  private final Histogram nanos = new Histogram(3);

  /** By status. */
  private final Map<Integer, Histogram> refusals = new TreeMap<>();

  private long successes;
  private long runNanos;

  Answers() {}

  void add(int status, long tookNanos) {
    if (status / 100 == SUCCESS) {
      successes++;
      nanos.recordValue(tookNanos);
    } else {
      refusals.computeIfAbsent(status, _ -> new Histogram(3)).recordValue(tookNanos);
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
    return successes + refusals.values().stream().mapToLong(Histogram::getTotalCount).sum();
  }

  /** How many were refused with this status. */
  public long refusals(int status) {
    return refusals.containsKey(status) ? refusals.get(status).getTotalCount() : 0;
  }

  /**
   * Of those with this status, in milliseconds.
   *
   * @throws IllegalStateException when there was none
   */
  public double refusalPercentile(int status, double percent) {
    Histogram took = refusals.get(status);
    if (took == null) {
      throw new IllegalStateException("no answer had the status " + status);
    }
    return took.getValueAtPercentile(percent) / 1e6;
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
   * @param tolerated statuses, besides 2xx
   * @throws IllegalStateException when there was any other answer
   */
  void requireNothingBut(Set<Integer> tolerated) {
    if (!tolerated.containsAll(refusals.keySet())) {
      throw new IllegalStateException(
          refusals.entrySet().stream()
              .map(
                  entry ->
                      entry.getValue().getTotalCount() + " answers with status " + entry.getKey())
              .collect(Collectors.joining(", ", "the load met ", "; it is measured without")));
    }
  }
}
