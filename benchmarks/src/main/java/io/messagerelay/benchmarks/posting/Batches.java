package io.messagerelay.benchmarks.posting;

import io.messagerelay.benchmarks.load.TimeOrderedIds;
import io.messagerelay.benchmarks.report.Effort;
import io.messagerelay.benchmarks.report.Samples;
import io.messagerelay.benchmarks.report.Table;
import io.messagerelay.benchmarks.service.Site;
import io.messagerelay.benchmarks.store.StoreKind;
import io.messagerelay.benchmarks.store.Stores;
import java.io.IOException;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** A hundred events a request, as a propagator sends them. */
public final class Batches {
  private static final int EVENTS = 100;
  private static final List<Integer> CONNECTIONS = List.of(4, 8, 16);

  private final Site site;
  private final Stores stores;
  private final Effort effort;
  private final TimeOrderedIds ids;
  private final LongSupplier nanoTime;
  private final Samples<Load> samples = new Samples<>();

  private record Load(StoreKind store, int connections) {}

  public Batches(
      Site site, Stores stores, Effort effort, TimeOrderedIds ids, LongSupplier nanoTime) {
    this.site = site;
    this.stores = stores;
    this.effort = effort;
    this.ids = ids;
    this.nanoTime = nanoTime;
  }

  /** Measures, and gives the report's table. */
  public String run(List<StoreKind> kinds) throws IOException, InterruptedException, SQLException {
    Map<StoreKind, Posting> all = new EnumMap<>(StoreKind.class);
    try {
      for (StoreKind kind : kinds) {
        all.put(kind, Posting.start(site, stores.make(kind), "", ids, nanoTime));
      }
      measure(all);
    } finally {
      all.values().forEach(Posting::close);
    }
    return table(kinds);
  }

  private void measure(Map<StoreKind, Posting> all)
      throws IOException, InterruptedException, SQLException {
    for (Posting each : all.values()) {
      each.measure(
          "",
          new Samples<>(),
          CONNECTIONS.getLast(),
          EVENTS,
          effort.firstWarmUp(),
          effort.warmUp());
    }
    for (int i = 0; i < effort.repetitions(); i++) {
      for (int connections : CONNECTIONS) {
        for (var each : all.entrySet()) {
          var load = new Load(each.getKey(), connections);
          each.getValue()
              .measure(load, samples, connections, EVENTS, effort.warmUp(), effort.window());
        }
      }
    }
    for (Posting each : all.values()) {
      each.requireAllStored();
    }
  }

  private String table(List<StoreKind> kinds) {
    var table = new Table(PostingRow.HEAD);
    for (StoreKind kind : kinds) {
      for (int connections : CONNECTIONS) {
        var load = new Load(kind, connections);
        table.row(PostingRow.of(kind.title(), connections, samples, load));
      }
    }
    return table.markdown();
  }
}
