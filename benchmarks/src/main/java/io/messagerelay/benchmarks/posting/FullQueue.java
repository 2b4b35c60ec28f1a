package io.messagerelay.benchmarks.posting;

import io.messagerelay.benchmarks.load.Answers;
import io.messagerelay.benchmarks.load.ClosedLoop;
import io.messagerelay.benchmarks.load.EventRequests;
import io.messagerelay.benchmarks.load.TimeOrderedIds;
import io.messagerelay.benchmarks.report.Effort;
import io.messagerelay.benchmarks.report.Figure;
import io.messagerelay.benchmarks.report.Samples;
import io.messagerelay.benchmarks.report.Table;
import io.messagerelay.benchmarks.service.Consumer;
import io.messagerelay.benchmarks.service.Site;
import io.messagerelay.benchmarks.store.StoreKind;
import io.messagerelay.benchmarks.store.StorePlace;
import io.messagerelay.benchmarks.store.Stores;
import java.io.IOException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/** How soon a request is turned away for which the queue has no room. */
public final class FullQueue {
  private static final int EVENTS = 100;
  private static final int TURNED_AWAY = 503;

  /** The smallest that there is: ten of these requests fill it. */
  private static final int QUEUE = 1_000;

  private static final List<Integer> CONNECTIONS = List.of(16, 64);

  private final Site site;
  private final Stores stores;
  private final Effort effort;
  private final TimeOrderedIds ids;
  private final LongSupplier nanoTime;
  private final Samples<Load> samples = new Samples<>();

  private record Load(StoreKind store, int connections) {}

  public FullQueue(
      Site site, Stores stores, Effort effort, TimeOrderedIds ids, LongSupplier nanoTime) {
    this.site = site;
    this.stores = stores;
    this.effort = effort;
    this.ids = ids;
    this.nanoTime = nanoTime;
  }

  /** Measures, and gives the report's table. */
  public String run(List<StoreKind> kinds) throws IOException, InterruptedException, SQLException {
    for (StoreKind kind : kinds) {
      try (StorePlace place = stores.make(kind)) {
        long answered = 0;
        Map<String, String> settings = new HashMap<>(place.settings());
        settings.put("INTAKE_QUEUE_EVENTS", String.valueOf(QUEUE));
        try (Consumer consumer = Consumer.start(site, settings, "")) {
          for (int i = 0; i < effort.repetitions(); i++) {
            for (int connections : CONNECTIONS) {
              answered += measure(new Load(kind, connections), consumer, i == 0);
            }
          }
        }
        requireNothingElse(place, answered);
      }
    }
    return table(kinds);
  }

  private long measure(Load load, Consumer consumer, boolean first)
      throws IOException, InterruptedException {
    var requests = new EventRequests(consumer.token(), EVENTS, ids);
    try (var loop =
        ClosedLoop.open(
            consumer.port(), load.connections, requests, nanoTime, Set.of(TURNED_AWAY))) {
      loop.run(first ? effort.firstWarmUp() : effort.warmUp());
      Answers answers = loop.run(effort.window());
      loop.drain();
      samples.add(load, Figure.RATE, answers.perSecond() * EVENTS);
      samples.add(load, Figure.REFUSED, answers.refusals(TURNED_AWAY) / answers.runSeconds());
      samples.add(load, Figure.P50, answers.refusalPercentile(TURNED_AWAY, 50));
      samples.add(load, Figure.P99, answers.refusalPercentile(TURNED_AWAY, 99));
      samples.add(load, Figure.LONGEST, answers.refusalPercentile(TURNED_AWAY, 100));
      return loop.eventsAnswered();
    }
  }

  /** What was turned away was not stored. */
  private static void requireNothingElse(StorePlace place, long answered) throws SQLException {
    if (place.rows() != answered) {
      throw new IllegalStateException(
          "%,d events were answered with 2xx, and %,d are stored"
              .formatted(answered, place.rows()));
    }
  }

  private String table(List<StoreKind> kinds) {
    var table =
        new Table(
            "store",
            "connections",
            "stored, events/s",
            "turned away, requests/s",
            "p50 ms",
            "p99 ms",
            "longest ms");
    for (StoreKind kind : kinds) {
      for (int connections : CONNECTIONS) {
        var load = new Load(kind, connections);
        table.row(
            kind.title(),
            String.valueOf(connections),
            samples.spread(load, Figure.RATE).whole(),
            samples.spread(load, Figure.REFUSED).whole(),
            samples.spread(load, Figure.P50).fine(),
            samples.spread(load, Figure.P99).fine(),
            samples.spread(load, Figure.LONGEST).fine());
      }
    }
    return table.markdown();
  }
}
