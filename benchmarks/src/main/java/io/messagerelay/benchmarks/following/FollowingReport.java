package io.messagerelay.benchmarks.following;

import io.messagerelay.benchmarks.report.Figure;
import io.messagerelay.benchmarks.report.Samples;
import io.messagerelay.benchmarks.report.Table;
import io.messagerelay.benchmarks.store.StoreKind;
import java.util.List;
import java.util.Locale;

/** What was measured by {@link Following}, and the tables of it. Not shared by threads. */
public final class FollowingReport {
  private final List<Integer> readers;
  private final Samples<Followed> samples = new Samples<>();

  FollowingReport(List<Integer> readers) {
    this.readers = readers;
  }

  record Followed(StoreKind kind, Mode mode, int readers) {}

  Samples<Followed> samples() {
    return samples;
  }

  /** Of readers that take everything, at a steady rate. */
  public String everything(List<StoreKind> kinds) {
    return table(kinds, Mode.EVERYTHING);
  }

  /** Of readers that take one type, at full speed. */
  public String oneType(List<StoreKind> kinds) {
    return table(kinds, Mode.ONE_TYPE);
  }

  private String table(List<StoreKind> kinds, Mode mode) {
    var table =
        new Table(
            "store",
            "readers",
            "stored/s",
            "p50 ms",
            "p99 ms",
            "delivered/s",
            "MiB/s",
            "lag p50 ms",
            "lag p99 ms",
            "last one, s",
            "service",
            "generator",
            "MiB");
    for (StoreKind kind : kinds) {
      for (int count : readers) {
        table.row(row(new Followed(kind, mode, count)));
      }
    }
    return table.markdown();
  }

  private String[] row(Followed what) {
    boolean nobody = what.readers() == 0;
    return new String[] {
      what.kind().title(),
      format("%,.0f", what.readers()),
      samples.spread(what, Figure.RATE).whole(),
      samples.spread(what, Figure.P50).fine(),
      samples.spread(what, Figure.P99).fine(),
      nobody ? "–" : format("%,.0f", samples.median(what, Figure.DELIVERED)),
      nobody ? "–" : format("%.1f", samples.median(what, Figure.DELIVERED_MIB)),
      nobody ? "–" : samples.spread(what, Figure.LAG_P50).fine(),
      nobody ? "–" : samples.spread(what, Figure.LAG_P99).fine(),
      nobody ? "–" : format("%.2f", samples.median(what, Figure.SECONDS)),
      format("%.0f %%", 100 * samples.median(what, Figure.SERVICE_SHARE)),
      format("%.0f %%", 100 * samples.median(what, Figure.GENERATOR_SHARE)),
      format("%.0f", samples.median(what, Figure.RESIDENT))
    };
  }

  private static String format(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
