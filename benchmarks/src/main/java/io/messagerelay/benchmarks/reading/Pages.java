package io.messagerelay.benchmarks.reading;

import io.messagerelay.benchmarks.load.Answers;
import io.messagerelay.benchmarks.load.ClosedLoop;
import io.messagerelay.benchmarks.load.ReadRequests;
import io.messagerelay.benchmarks.report.Effort;
import io.messagerelay.benchmarks.report.Figure;
import io.messagerelay.benchmarks.report.Samples;
import io.messagerelay.benchmarks.report.Table;
import io.messagerelay.benchmarks.service.Consumer;
import io.messagerelay.benchmarks.service.Site;
import io.messagerelay.benchmarks.store.Filling;
import io.messagerelay.benchmarks.store.StoreKind;
import io.messagerelay.benchmarks.store.StorePlace;
import io.messagerelay.benchmarks.store.Stores;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** Reading events from a small store and from a large one, over one connection. */
public final class Pages {
  private static final List<Long> SMALL = List.of(100L, 1_000L);

  private final Site site;
  private final Stores stores;
  private final Effort effort;
  private final LongSupplier nanoTime;
  private final Samples<Read> samples = new Samples<>();

  private record Read(StoreKind kind, Query query, long rows) {}

  /** A service on a store of so many rows. */
  private record Filled(long rows, StorePlace place, Consumer consumer, String token)
      implements AutoCloseable {
    @Override
    public void close() {
      consumer.close();
      place.close();
    }
  }

  public Pages(Site site, Stores stores, Effort effort, LongSupplier nanoTime) {
    this.site = site;
    this.stores = stores;
    this.effort = effort;
    this.nanoTime = nanoTime;
  }

  /** Measures, and gives the report's table. */
  public String run(List<StoreKind> kinds) throws Exception {
    for (StoreKind kind : kinds) {
      List<Filled> all = new ArrayList<>();
      try {
        for (long rows : Stream.concat(SMALL.stream(), Stream.of(effort.manyRows())).toList()) {
          all.add(filled(kind, rows));
        }
        measure(kind, all);
      } finally {
        all.forEach(Filled::close);
      }
    }
    return table(kinds);
  }

  private Filled filled(StoreKind kind, long rows) throws Exception {
    StorePlace place = stores.make(kind);
    try {
      Filling.fill(place, rows);
      Consumer consumer = Consumer.start(site, place.settings(), "");
      return new Filled(rows, place, consumer, consumer.token());
    } catch (Exception e) {
      place.close();
      throw e;
    }
  }

  private void measure(StoreKind kind, List<Filled> all) throws Exception {
    for (Filled each : all) {
      read(each, Query.FIRST, effort.firstWarmUp().toMillis());
    }
    readAll(kind, all, new Samples<>()); // warms up the other queries
    for (int i = 0; i < effort.repetitions(); i++) {
      readAll(kind, all, samples);
    }
  }

  private void readAll(StoreKind kind, List<Filled> all, Samples<Read> into) throws Exception {
    for (Query query : Query.values()) {
      for (Filled each : all) {
        if (isAsked(query, each.rows)) {
          Answers answers = read(each, query, effort.reads().toMillis());
          var read = new Read(kind, query, each.rows);
          into.add(read, Figure.P50, answers.percentile(50));
          into.add(read, Figure.P99, answers.percentile(99));
        }
      }
    }
  }

  private boolean isAsked(Query query, long rows) {
    return rows == query.fewestRows() || rows == effort.manyRows();
  }

  private Answers read(Filled from, Query query, long millis) throws Exception {
    String target = query.target(from.consumer, from.token, from.rows);
    var requests = new ReadRequests(target, from.token);
    try (var loop = ClosedLoop.open(from.consumer.port(), 1, requests, nanoTime)) {
      loop.run(Duration.ofMillis(millis / 2));
      Answers answers = loop.run(Duration.ofMillis(millis));
      loop.drain();
      return answers;
    }
  }

  private String table(List<StoreKind> kinds) {
    String many = String.format(Locale.ROOT, "%,d rows", effort.manyRows());
    var table =
        new Table(
            "events",
            "store",
            "few rows, p50 ms",
            many + ", p50 ms",
            "ratio",
            "few rows, p99 ms",
            many + ", p99 ms");
    for (Query query : Query.values()) {
      for (StoreKind kind : kinds) {
        var few = new Read(kind, query, query.fewestRows());
        var all = new Read(kind, query, effort.manyRows());
        table.row(
            query.title(),
            kind.title(),
            samples.spread(few, Figure.P50).fine(),
            samples.spread(all, Figure.P50).fine(),
            String.format(
                Locale.ROOT,
                "%.2f",
                samples.median(all, Figure.P50) / samples.median(few, Figure.P50)),
            samples.spread(few, Figure.P99).fine(),
            samples.spread(all, Figure.P99).fine());
      }
    }
    return table.markdown();
  }
}
