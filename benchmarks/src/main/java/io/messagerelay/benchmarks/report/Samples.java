package io.messagerelay.benchmarks.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was measured of each thing in each repetition. Not shared by threads.
 *
 * @param <T> the thing
 */
public final class Samples<T> {
  private record Cell<T>(T thing, Figure figure) {}

  private final Map<Cell<T>, List<Double>> values = new HashMap<>();

  public void add(T thing, Figure figure, double value) {
    values.computeIfAbsent(new Cell<>(thing, figure), _ -> new ArrayList<>()).add(value);
  }

  /**
   * @throws IllegalStateException when it was never measured
   */
  public Spread spread(T thing, Figure figure) {
    List<Double> samples = values.get(new Cell<>(thing, figure));
    if (samples == null) {
      throw new IllegalStateException("no " + figure + " was measured of " + thing);
    }
    return Spread.of(samples);
  }

  public double median(T thing, Figure figure) {
    return spread(thing, figure).median();
  }
}
