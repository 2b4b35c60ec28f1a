package io.messagerelay.benchmarks.posting;

import io.messagerelay.benchmarks.posting.SingleEvents.Load;
import io.messagerelay.benchmarks.posting.SingleEvents.Load.HttpAlone;
import io.messagerelay.benchmarks.posting.SingleEvents.Load.StoreAlone;
import io.messagerelay.benchmarks.posting.SingleEvents.Load.Whole;
import io.messagerelay.benchmarks.report.Figure;
import io.messagerelay.benchmarks.report.Samples;
import io.messagerelay.benchmarks.report.Table;
import io.messagerelay.benchmarks.store.StoreKind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The tables of {@link SingleEvents}. */
public final class SingleEventsReport {
  private final List<StoreKind> kinds;
  private final Samples<Load> samples;
  private final Map<StoreKind, Double> mostResident;

  SingleEventsReport(
      List<StoreKind> kinds, Samples<Load> samples, Map<StoreKind, Double> mostResident) {
    this.kinds = kinds;
    this.samples = samples;
    this.mostResident = mostResident;
  }

  /** Rate, latency, memory and shares of the processors. */
  public String rates() {
    var table = new Table(PostingRow.HEAD);
    for (StoreKind kind : kinds) {
      for (int connections : SingleEvents.CONNECTIONS) {
        Load load = new Whole(kind, connections);
        table.row(PostingRow.of(kind.title(), connections, samples, load));
      }
    }
    for (int connections : SingleEvents.CONNECTIONS) {
      table.row(PostingRow.of("HTTP alone", connections, samples, new HttpAlone(connections)));
    }
    return table.markdown();
  }

  /** What HTTP alone and the store alone would allow, and how much of it is reached. */
  public String limits() {
    var table =
        new Table(
            "store",
            "connections",
            "HTTP alone",
            "store alone",
            "1/(1/HTTP + 1/store)",
            "reached",
            "share");
    for (StoreKind kind : kinds) {
      for (int connections : SingleEvents.CONNECTIONS) {
        double http = samples.median(new HttpAlone(connections), Figure.RATE);
        double store = samples.median(new StoreAlone(kind, connections), Figure.RATE);
        double whole = samples.median(new Whole(kind, connections), Figure.RATE);
        double limit = 1 / (1 / http + 1 / store);
        table.row(
            kind.title(),
            Integer.toString(connections),
            rate(http),
            samples.spread(new StoreAlone(kind, connections), Figure.RATE).whole(),
            rate(limit),
            rate(whole),
            String.format(Locale.ROOT, "%.0f %%", 100 * whole / limit));
      }
    }
    return table.markdown();
  }

  /** The most memory that the service had, by store. */
  public String memory() {
    return kinds.stream()
        .map(
            kind ->
                String.format(Locale.ROOT, "%.0f MiB on %s", mostResident.get(kind), kind.title()))
        .collect(Collectors.joining(", "));
  }

  private static String rate(double perSecond) {
    return String.format(Locale.ROOT, "%,.0f", perSecond);
  }
}
