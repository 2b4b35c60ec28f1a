package io.messagerelay.benchmarks.keeping;

import io.messagerelay.benchmarks.keeping.KeepingReport.Loaded;
import io.messagerelay.benchmarks.load.Answers;
import io.messagerelay.benchmarks.load.ClosedLoop;
import io.messagerelay.benchmarks.load.EventRequests;
import io.messagerelay.benchmarks.load.TimeOrderedIds;
import io.messagerelay.benchmarks.report.Figure;
import io.messagerelay.benchmarks.report.ReadingEffort;
import io.messagerelay.benchmarks.service.Consumer;
import io.messagerelay.benchmarks.service.Site;
import io.messagerelay.benchmarks.store.History;
import io.messagerelay.benchmarks.store.StoreKind;
import io.messagerelay.benchmarks.store.StorePlace;
import io.messagerelay.benchmarks.store.Stores;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Intake without and with retention at work beside it, in turns, each in a process that was started
 * for it; and then how long the transactions of retention take by themselves.
 */
public final class Keeping {
  /**
   * What was ever stored, and what was removed of it. Costs the load that it is read beside little.
   */
  private static final String BOOKS =
      "SELECT (SELECT next - 1 FROM event_position), (SELECT removed FROM event_retention)";

  private static final Duration SETTLED = Duration.ofMillis(300);

  private final Site site;
  private final Stores stores;
  private final ReadingEffort.Keeping effort;
  private final TimeOrderedIds ids;
  private final LongSupplier nanoTime;
  private final Clock clock;
  private final KeepingReport report = new KeepingReport();

  public Keeping(
      Site site,
      Stores stores,
      ReadingEffort.Keeping effort,
      TimeOrderedIds ids,
      LongSupplier nanoTime,
      Clock clock) {
    this.site = site;
    this.stores = stores;
    this.effort = effort;
    this.ids = ids;
    this.nanoTime = nanoTime;
    this.clock = clock;
  }

  /** Measures, and gives the report's tables. */
  public KeepingReport run(List<StoreKind> kinds) throws Exception {
    Map<StoreKind, StorePlace> places = new EnumMap<>(StoreKind.class);
    try {
      for (StoreKind kind : kinds) {
        places.put(kind, stores.make(kind));
      }
      History.of(effort.rows(), clock).writeTo(places.values());
      for (int i = 0; i < effort.repetitions(); i++) {
        for (boolean removing : List.of(false, true)) {
          for (var place : places.entrySet()) {
            load(place.getKey(), place.getValue(), removing);
          }
        }
      }
      var passes = new Passes(site, effort.removed(), nanoTime, clock, report);
      for (var place : places.entrySet()) {
        passes.time(place.getKey(), place.getValue());
      }
    } finally {
      places.values().forEach(StorePlace::close);
    }
    return report;
  }

  private record Books(long stored, long removed) {
    static Books of(StorePlace place) throws SQLException {
      try (Connection connection = place.connect();
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(BOOKS)) {
        row.next();
        return new Books(row.getLong(1), row.getLong(2));
      }
    }
  }

  /** Of all events there are at its start, retention keeps one, so it has a million to remove. */
  private void load(StoreKind kind, StorePlace place, boolean removing)
      throws IOException, InterruptedException, SQLException {
    Map<String, String> settings = new HashMap<>(place.settings());
    if (removing) {
      settings.put("RETENTION_COUNT", "1");
    }
    Books begin = Books.of(place);
    long answered;
    Books end;
    try (Consumer consumer = Consumer.start(site, settings, "")) {
      answered = load(kind, place, removing, consumer);
      end = Books.of(place);
    }
    requireAtWork(removing, begin, end);
    requireBooks(place, begin.stored + answered);
  }

  /** To the end, and only where it should be. */
  private static void requireAtWork(boolean removing, Books begin, Books end) {
    long removed = end.removed - begin.removed;
    long old = begin.stored - begin.removed;
    if (removing ? removed == 0 || removed >= old - 1 : removed > 0) {
      throw new IllegalStateException(
          "%s retention %,d of %,d old events were removed"
              .formatted(removing ? "with" : "without", removed, old));
    }
  }

  private long load(StoreKind kind, StorePlace place, boolean removing, Consumer consumer)
      throws IOException, InterruptedException, SQLException {
    String token = consumer.token();
    long answered = 0;
    for (Load load : Load.values()) {
      var requests = new EventRequests(token, load.events(), ids);
      try (var loop = ClosedLoop.open(consumer.port(), load.connections(), requests, nanoTime)) {
        loop.run(load == Load.SINGLE ? effort.warmUp() : SETTLED);
        Books before = Books.of(place);
        long began = nanoTime.getAsLong();
        Answers answers = loop.run(effort.window());
        Books after = Books.of(place);
        double seconds = (nanoTime.getAsLong() - began) / 1e9;
        loop.drain();
        answered += loop.eventsAnswered();
        var loaded = new Loaded(kind, load, removing);
        report.loads().add(loaded, Figure.RATE, answers.perSecond() * load.events());
        report.loads().add(loaded, Figure.P50, answers.percentile(50));
        report.loads().add(loaded, Figure.P99, answers.percentile(99));
        report.loads().add(loaded, Figure.REMOVED, (after.removed - before.removed) / seconds);
      }
    }
    return answered;
  }

  /** Nothing but what was removed is missing. */
  private static void requireBooks(StorePlace place, long stored) throws SQLException {
    Books books = Books.of(place);
    long rows = place.rows();
    if (books.stored != stored || rows != stored - books.removed) {
      throw new IllegalStateException(
          "%,d events were stored and %,d removed; the store says %,d and has %,d rows"
              .formatted(stored, books.removed, books.stored, rows));
    }
  }
}
