package io.messagerelay.benchmarks.report;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Repeated measurements of one thing. */
public record Spread(double median, double least, double most) {

  /**
   * @param samples at least one
   */
  public static Spread of(Collection<Double> samples) {
    List<Double> sorted = samples.stream().sorted().toList();
    int middle = sorted.size() / 2;
    double median =
        sorted.size() % 2 == 1
            ? sorted.get(middle)
            : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    return new Spread(median, sorted.getFirst(), sorted.getLast());
  }

  /** {@code 51,400 (50,100–52,000)}. */
  public String whole() {
    return written("%,.0f (%,.0f–%,.0f)");
  }

  /** {@code 1.24 (1.19–1.31)}. */
  public String fine() {
    return written("%.2f (%.2f–%.2f)");
  }

  private String written(String format) {
    return String.format(Locale.ROOT, format, median, least, most);
  }
}
