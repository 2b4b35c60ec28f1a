package io.messagerelay.benchmarks.posting;

import io.messagerelay.benchmarks.report.Figure;
import io.messagerelay.benchmarks.report.Samples;
import java.util.Locale;

/** A line of the tables about events that are posted. */
final class PostingRow {
  static final String[] HEAD = {
    "store",
    "connections",
    "events/s",
    "p50 ms",
    "p99 ms",
    "events a group",
    "service",
    "database",
    "generator",
    "MiB"
  };

  private PostingRow() {}

  static <T> String[] of(String store, int connections, Samples<T> samples, T thing) {
    return new String[] {
      store,
      Integer.toString(connections),
      samples.spread(thing, Figure.RATE).whole(),
      samples.spread(thing, Figure.P50).fine(),
      samples.spread(thing, Figure.P99).fine(),
      String.format(Locale.ROOT, "%.1f", samples.median(thing, Figure.GROUP)),
      percent(samples.median(thing, Figure.SERVICE_SHARE)),
      percent(samples.median(thing, Figure.SERVER_SHARE)),
      percent(samples.median(thing, Figure.GENERATOR_SHARE)),
      String.format(Locale.ROOT, "%.0f", samples.median(thing, Figure.RESIDENT))
    };
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }
}
