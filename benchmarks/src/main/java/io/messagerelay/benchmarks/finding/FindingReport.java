package io.messagerelay.benchmarks.finding;

import io.messagerelay.benchmarks.report.Figure;
import io.messagerelay.benchmarks.report.Samples;
import io.messagerelay.benchmarks.report.Table;
import io.messagerelay.benchmarks.store.StoreKind;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was measured by {@link Finding}, and the tables of it. Not shared by threads. */
public final class FindingReport {
  private static final double KIB = 1024;

  private final long rows;
  private final Samples<Found> pages = new Samples<>();
  private final Map<Found, FirstPage> firstPages = new HashMap<>();
  private final Map<Found, Long> answers = new HashMap<>();
  private final Samples<Found> walks = new Samples<>();
  private final Map<Found, Integer> walkedPages = new HashMap<>();
  private final Samples<StoreKind> exports = new Samples<>();

  FindingReport(long rows) {
    this.rows = rows;
  }

  record Found(StoreKind kind, Search search) {}

  private record FirstPage(long events, int bytes) {}

  Samples<Found> pages() {
    return pages;
  }

  void page(Found found, long events, int bytes) {
    firstPages.put(found, new FirstPage(events, bytes));
  }

  void answered(Found found, long more) {
    answers.merge(found, more, Long::sum);
  }

  void walked(StoreKind kind, Search rare, int pageCount, double seconds, double lookedAt) {
    var walked = new Found(kind, rare);
    walkedPages.put(walked, pageCount);
    walks.add(walked, Figure.SECONDS, seconds);
    walks.add(walked, Figure.RATE, lookedAt);
  }

  void exported(StoreKind kind, double perSecond, double mibPerSecond) {
    exports.add(kind, Figure.RATE, perSecond);
    exports.add(kind, Figure.DELIVERED_MIB, mibPerSecond);
  }

  /** Latency of the first page, by filter. */
  public String firstPages(List<StoreKind> kinds) {
    var table =
        new Table("filter", "store", "p50 ms", "p99 ms", "answers", "events on it", "KiB of it");
    for (Search search : Search.values()) {
      for (StoreKind kind : kinds) {
        var found = new Found(kind, search);
        FirstPage page = firstPages.getOrDefault(found, new FirstPage(0, 0));
        table.row(
            search.title(),
            kind.title(),
            pages.spread(found, Figure.P50).fine(),
            pages.spread(found, Figure.P99).fine(),
            whole(answers.getOrDefault(found, 0L)),
            search == Search.STATS ? "–" : whole(page.events),
            String.format(Locale.ROOT, "%.1f", page.bytes / KIB));
      }
    }
    return table.markdown();
  }

  /** What it takes to find a rare event where no index helps. */
  public String walks(List<StoreKind> kinds) {
    var table =
        new Table(
            "filter",
            "store",
            "pages to the first",
            "s to the first",
            "events looked at/s",
            "the whole store, s");
    for (Search rare : Search.RARE) {
      for (StoreKind kind : kinds) {
        var walked = new Found(kind, rare);
        table.row(
            rare.title(),
            kind.title(),
            whole(walkedPages.getOrDefault(walked, 0)),
            walks.spread(walked, Figure.SECONDS).fine(),
            walks.spread(walked, Figure.RATE).whole(),
            String.format(Locale.ROOT, "%.0f", rows / walks.median(walked, Figure.RATE)));
      }
    }
    return table.markdown();
  }

  /** How fast an export comes. */
  public String exports(List<StoreKind> kinds) {
    var table = new Table("store", "events/s", "MiB/s");
    for (StoreKind kind : kinds) {
      table.row(
          kind.title(),
          exports.spread(kind, Figure.RATE).whole(),
          exports.spread(kind, Figure.DELIVERED_MIB).whole());
    }
    return table.markdown();
  }

  private static String whole(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
