package io.messagerelay.benchmarks.keeping;

import io.messagerelay.benchmarks.report.Figure;
import io.messagerelay.benchmarks.report.Samples;
import io.messagerelay.benchmarks.report.Table;
import io.messagerelay.benchmarks.store.StoreKind;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/** What was measured by {@link Keeping}, and the tables of it. Not shared by threads. */
public final class KeepingReport {
  private final Samples<Loaded> loads = new Samples<>();
  private final Table passes =
      new Table(
          "store",
          "archive",
          "a transaction, p50 ms",
          "p99 ms",
          "a file of the archive, p50 ms",
          "events removed/s");

  KeepingReport() {}

  record Loaded(StoreKind kind, Load load, boolean removing) {}

  /**
   * One pass; times in nanoseconds.
   *
   * @param perSecond events removed a second
   */
  record Pass(Histogram removals, Histogram files, double perSecond) {}

  Samples<Loaded> loads() {
    return loads;
  }

  void pass(StoreKind kind, boolean archiving, Pass pass) {
    passes.row(
        kind.title(),
        archiving ? "with" : "without",
        format("%.2f", pass.removals.getValueAtPercentile(50) / 1e6),
        format("%.2f", pass.removals.getValueAtPercentile(99) / 1e6),
        archiving ? format("%.0f", pass.files.getValueAtPercentile(50) / 1e6) : "–",
        format("%,.0f", pass.perSecond));
  }

  /** Intake without and with retention beside it. */
  public String intake(List<StoreKind> kinds) {
    var table =
        new Table(
            "load",
            "store",
            "events/s without",
            "with retention",
            "ratio",
            "p50 ms without",
            "with",
            "p99 ms without",
            "with",
            "removed/s");
    for (Load load : Load.values()) {
      for (StoreKind kind : kinds) {
        table.row(row(new Loaded(kind, load, false), new Loaded(kind, load, true)));
      }
    }
    return table.markdown();
  }

  private String[] row(Loaded without, Loaded with) {
    return new String[] {
      with.load.title(),
      with.kind.title(),
      loads.spread(without, Figure.RATE).whole(),
      loads.spread(with, Figure.RATE).whole(),
      format("%.2f", loads.median(with, Figure.RATE) / loads.median(without, Figure.RATE)),
      loads.spread(without, Figure.P50).fine(),
      loads.spread(with, Figure.P50).fine(),
      loads.spread(without, Figure.P99).fine(),
      loads.spread(with, Figure.P99).fine(),
      loads.spread(with, Figure.REMOVED).whole()
    };
  }

  /** The passes by themselves. */
  public String passes() {
    return passes.markdown();
  }

  private static String format(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
