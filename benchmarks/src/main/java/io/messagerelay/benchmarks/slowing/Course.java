package io.messagerelay.benchmarks.slowing;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/** What happened over the time, as samples that follow each other without a gap. */
record Course(List<Sample> samples) {
  private static final double NANOS_PER_MILLI = 1e6;

  Course {
    samples = List.copyOf(samples);
  }

  /** The samples that lie within, in seconds since the load began. */
  Course between(double from, double until) {
    return new Course(
        samples.stream().filter(it -> it.begin() >= from && it.end() <= until).toList());
  }

  boolean isEmpty() {
    return samples.isEmpty();
  }

  double seconds() {
    return sum(Sample::seconds);
  }

  double sum(ToDoubleFunction<Sample> what) {
    return samples.stream().mapToDouble(what).sum();
  }

  /** Events a second. */
  double rate(ToDoubleFunction<Sample> events) {
    return sum(events) / seconds();
  }

  double inFlight() {
    return sum(it -> it.inFlight() * it.seconds()) / seconds();
  }

  double mostWaiting() {
    return samples.stream().mapToDouble(Sample::waiting).max().orElse(0);
  }

  /** Requests that were answered. */
  double requests() {
    return sum(it -> (double) it.latency().getTotalCount());
  }

  /** No number where nothing was answered. */
  double latencyMillis(double percentile) {
    Histogram all = new Histogram(2);
    samples.forEach(it -> all.add(it.latency()));
    return all.getTotalCount() == 0
        ? Double.NaN
        : all.getValueAtPercentile(percentile) / NANOS_PER_MILLI;
  }

  /** In parts of so many seconds. A sample is of the part it begins in. */
  List<Course> every(int seconds) {
    Map<Integer, List<Sample>> parts =
        samples.stream()
            .collect(
                Collectors.groupingBy(
                    it -> (int) it.begin() / seconds, TreeMap::new, Collectors.toList()));
    return parts.values().stream().map(Course::new).toList();
  }

  /** In seconds since the load began. */
  double end() {
    return samples.getLast().end();
  }

  double middle() {
    return (samples.getFirst().begin() + end()) / 2;
  }

  /**
   * How many seconds after a moment the delivered rate begins to be within a part of another one:
   * its mean over the seconds that follow.
   *
   * @param from in seconds since the load began
   * @param seconds over which the mean is taken
   */
  OptionalDouble untilRate(double from, double rate, double part, double seconds) {
    return samples.stream()
        .mapToDouble(Sample::begin)
        .filter(begin -> begin >= from)
        .filter(
            begin -> {
              Course next = from(begin, seconds);
              return next.seconds() >= seconds
                  && Math.abs(next.rate(Sample::delivered) - rate) <= part * rate;
            })
        .map(begin -> begin - from)
        .findFirst();
  }

  /** The samples from one on until they are so long together, or are at their end. */
  private Course from(double begin, double seconds) {
    return new Course(
        samples.stream()
            .filter(it -> it.begin() >= begin && it.begin() < begin + seconds)
            .toList());
  }

  /** How many seconds after a moment no more events wait than so many. */
  OptionalDouble untilWaiting(double from, double most) {
    return samples.stream()
        .filter(it -> it.begin() >= from && it.waiting() <= most)
        .mapToDouble(it -> it.end() - from)
        .findFirst();
  }
}
