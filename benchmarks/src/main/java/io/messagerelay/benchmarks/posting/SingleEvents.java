package io.messagerelay.benchmarks.posting;

import io.messagerelay.benchmarks.load.TimeOrderedIds;
import io.messagerelay.benchmarks.report.Effort;
import io.messagerelay.benchmarks.report.Figure;
import io.messagerelay.benchmarks.report.Samples;
import io.messagerelay.benchmarks.service.Site;
import io.messagerelay.benchmarks.store.StoreAloneProcess;
import io.messagerelay.benchmarks.store.StoreKind;
import io.messagerelay.benchmarks.store.StorePlace;
import io.messagerelay.benchmarks.store.Stores;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * One event a request, at several numbers of connections, on each store; and what HTTP alone and
 * the store alone can do. All of these take turns within each repetition, so that what changes on
 * the machine meanwhile meets them alike.
 */
public final class SingleEvents {
  static final List<Integer> CONNECTIONS = List.of(1, 16, 64, 256);

  /** At these a service warms up. */
  private static final int WARM = 64;

  private final Site site;
  private final Stores stores;
  private final Effort effort;
  private final TimeOrderedIds ids;
  private final LongSupplier nanoTime;
  private final Samples<Load> samples = new Samples<>();
  private final Map<StoreKind, Double> mostResident = new EnumMap<>(StoreKind.class);

  /** What was loaded. */
  sealed interface Load {
    int connections();

    record Whole(StoreKind store, int connections) implements Load {}

    record HttpAlone(int connections) implements Load {}

    record StoreAlone(StoreKind store, int connections) implements Load {}
  }

  /** The parts that belong to one store. */
  private record OnStore(StoreKind kind, Posting posting, StorePlace place, StoreAloneProcess alone)
      implements AutoCloseable {
    @Override
    public void close() {
      posting.close();
      alone.close();
      place.close();
    }
  }

  public SingleEvents(
      Site site, Stores stores, Effort effort, TimeOrderedIds ids, LongSupplier nanoTime) {
    this.site = site;
    this.stores = stores;
    this.effort = effort;
    this.ids = ids;
    this.nanoTime = nanoTime;
  }

  /** Measures, and gives the report's tables. */
  public SingleEventsReport run(List<StoreKind> kinds)
      throws IOException, InterruptedException, SQLException {
    List<OnStore> all = new ArrayList<>();
    try (Posting http = post(stores.make(StoreKind.SQLITE), Site.withoutStore())) {
      for (StoreKind kind : kinds) {
        StorePlace place = stores.make(kind);
        all.add(
            new OnStore(kind, post(stores.make(kind), ""), place, StoreAloneProcess.start(place)));
      }
      warmUp(http, all);
      for (int i = 0; i < effort.repetitions(); i++) {
        for (int connections : CONNECTIONS) {
          repeat(http, all, connections);
        }
      }
      http.requireRows(0);
      for (OnStore each : all) {
        each.posting.requireAllStored();
        mostResident.put(each.kind, each.posting.mostResident());
      }
    } finally {
      all.forEach(OnStore::close);
    }
    return new SingleEventsReport(kinds, samples, mostResident);
  }

  private Posting post(StorePlace place, String javaOptions)
      throws IOException, InterruptedException {
    return Posting.start(site, place, javaOptions, ids, nanoTime);
  }

  private void warmUp(Posting http, List<OnStore> all) throws IOException, InterruptedException {
    var unused = new Samples<String>();
    http.measure("HTTP", unused, WARM, 1, effort.firstWarmUp(), effort.warmUp());
    for (OnStore each : all) {
      each.posting.measure("whole", unused, WARM, 1, effort.firstWarmUp(), effort.warmUp());
      each.alone.eventsPerSecond(
          groupSize(unused.median("whole", Figure.GROUP)), effort.firstWarmUp().toSeconds());
    }
  }

  private void repeat(Posting http, List<OnStore> all, int connections)
      throws IOException, InterruptedException {
    measure(http, new Load.HttpAlone(connections));
    for (OnStore each : all) {
      var whole = new Load.Whole(each.kind, connections);
      measure(each.posting, whole);
      int size = groupSize(samples.median(whole, Figure.GROUP));
      samples.add(
          new Load.StoreAlone(each.kind, connections),
          Figure.RATE,
          each.alone.eventsPerSecond(size, effort.window().toSeconds()));
    }
  }

  private void measure(Posting posting, Load load) throws IOException, InterruptedException {
    posting.measure(load, samples, load.connections(), 1, effort.warmUp(), effort.window());
  }

  private static int groupSize(double mean) {
    return Math.max(1, (int) Math.round(mean));
  }
}
