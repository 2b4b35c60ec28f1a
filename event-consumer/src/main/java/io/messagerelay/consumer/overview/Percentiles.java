package io.messagerelay.consumer.overview;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** How long transactions took: half of them, and 99 of 100, took no longer; in seconds. */
public record Percentiles(double p50, double p99) {

  /** Of values in microseconds; empty for none. */
  static Optional<Percentiles> of(Histogram micros) {
    return micros.getTotalCount() == 0
        ? Optional.empty()
        : Optional.of(new Percentiles(seconds(micros, 50), seconds(micros, 99)));
  }

  private static double seconds(Histogram micros, double percentile) {
    return (double) micros.getValueAtPercentile(percentile) / TimeUnit.SECONDS.toMicros(1);
  }
}
