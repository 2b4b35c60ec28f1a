package io.messagerelay.benchmarks.following;

import io.messagerelay.benchmarks.following.FollowingReport.Followed;
import io.messagerelay.benchmarks.load.Answers;
import io.messagerelay.benchmarks.load.TimeOrderedIds;
import io.messagerelay.benchmarks.load.Traffic;
import io.messagerelay.benchmarks.machine.Machine;
import io.messagerelay.benchmarks.machine.ProcessTimes;
import io.messagerelay.benchmarks.report.Figure;
import io.messagerelay.benchmarks.report.ReadingEffort;
import io.messagerelay.benchmarks.report.Samples;
import io.messagerelay.benchmarks.service.Consumer;
import io.messagerelay.benchmarks.service.Site;
import io.messagerelay.benchmarks.store.StoreKind;
import io.messagerelay.benchmarks.store.StorePlace;
import io.messagerelay.benchmarks.store.Stores;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Readers that follow one event-consumer's live stream while events are stored. */
public final class Following {
  private static final double MIB = 1024 * 1024;
  private static final String LAST = "SELECT COALESCE(MAX(id), 0), 0 FROM event WHERE id > ?";
  private static final String STORED = "SELECT COUNT(*), 0 FROM event WHERE id > ?";

  private final Site site;
  private final Stores stores;
  private final ReadingEffort.Following effort;
  private final TimeOrderedIds ids;
  private final LongSupplier nanoTime;
  private final Clock clock;
  private final FollowingReport report;

  public Following(
      Site site,
      Stores stores,
      ReadingEffort.Following effort,
      TimeOrderedIds ids,
      LongSupplier nanoTime,
      Clock clock) {
    this.site = site;
    this.stores = stores;
    this.effort = effort;
    this.ids = ids;
    this.nanoTime = nanoTime;
    this.clock = clock;
    this.report = new FollowingReport(effort.readers());
  }

  private record Service(StoreKind kind, StorePlace place, Consumer consumer, String token)
      implements AutoCloseable {
    @Override
    public void close() {
      consumer.close();
      place.close();
    }
  }

  /** Measures, and gives the report's tables. */
  public FollowingReport run(List<StoreKind> kinds)
      throws IOException, InterruptedException, SQLException {
    List<Service> all = new ArrayList<>();
    try {
      for (StoreKind kind : kinds) {
        all.add(start(kind));
      }
      measure(all);
    } finally {
      all.forEach(Service::close);
    }
    return report;
  }

  private Service start(StoreKind kind) throws IOException, InterruptedException {
    StorePlace place = stores.make(kind);
    try {
      Consumer consumer = Consumer.start(site, place.settings(), "");
      return new Service(kind, place, consumer, consumer.token());
    } catch (IOException | InterruptedException | RuntimeException e) {
      place.close();
      throw e;
    }
  }

  private void measure(List<Service> all) throws IOException, InterruptedException, SQLException {
    for (Service each : all) {
      for (Mode mode : Mode.values()) {
        var warming = new Followed(each.kind, mode, effort.readers().get(1));
        measure(each, warming, new Samples<>(), effort.firstWarmUp());
      }
    }
    for (int i = 0; i < effort.repetitions(); i++) {
      for (Mode mode : Mode.values()) {
        for (int readers : effort.readers()) {
          for (Service each : all) {
            var followed = new Followed(each.kind, mode, readers);
            measure(each, followed, report.samples(), effort.warmUp());
          }
        }
      }
    }
  }

  private void measure(Service on, Followed what, Samples<Followed> into, Duration warmUp)
      throws InterruptedException, SQLException {
    long before = last(on.place);
    Mode mode = what.mode();
    int port = on.consumer.port();
    try (Readers readers = Readers.open(port, on.token, mode.target(), what.readers(), clock);
        Traffic traffic = mode.traffic(port, on.token, ids, effort.eventsPerSecond(), nanoTime)) {
      traffic.run(warmUp);
      readers.beginWindow(clock.instant());
      State begin = State.now(readers, on.consumer.times());
      Answers answers = traffic.run(effort.window());
      State end = State.now(readers, on.consumer.times());
      readers.endWindow(clock.instant());
      traffic.drain();
      long drained = nanoTime.getAsLong();
      readers.awaitEvents(mode.wanted(traffic.eventsAnswered()));
      into.add(what, Figure.SECONDS, (nanoTime.getAsLong() - drained) / 1e9);
      requireStored(on.place, before, traffic.eventsAnswered());
      readers.requireAll(behind(on.place, mode.expected(), before));
      add(what, into, answers, begin, end, traffic);
      into.add(what, Figure.LAG_P50, readers.lag(50));
      into.add(what, Figure.LAG_P99, readers.lag(99));
    }
  }

  private record State(long events, long bytes, Duration service, Duration generator, double mib) {
    static State now(Readers readers, ProcessTimes service) {
      return new State(
          readers.events(),
          readers.bytes(),
          service.processorTime(),
          ProcessTimes.ofThisProcess().processorTime(),
          service.residentBytes() / MIB);
    }
  }

  private static void add(
      Followed what,
      Samples<Followed> into,
      Answers answers,
      State begin,
      State end,
      Traffic traffic) {
    double seconds = answers.runSeconds();
    double all = seconds * Machine.processors();
    into.add(what, Figure.RATE, answers.perSecond() * traffic.eventsPerRequest());
    into.add(what, Figure.P50, answers.percentile(50));
    into.add(what, Figure.P99, answers.percentile(99));
    into.add(what, Figure.DELIVERED, (end.events - begin.events) / seconds);
    into.add(what, Figure.DELIVERED_MIB, (end.bytes - begin.bytes) / MIB / seconds);
    into.add(what, Figure.SERVICE_SHARE, share(begin.service, end.service, all));
    into.add(what, Figure.GENERATOR_SHARE, share(begin.generator, end.generator, all));
    into.add(what, Figure.RESIDENT, end.mib);
  }

  private static double share(Duration begin, Duration end, double all) {
    return end.minus(begin).toMillis() / 1e3 / all;
  }

  private static void requireStored(StorePlace place, long before, long expected)
      throws SQLException {
    long rows = behind(place, STORED, before).events();
    if (rows != expected) {
      throw new IllegalStateException(
          "%,d rows are in the store, not %,d as were answered with 2xx".formatted(rows, expected));
    }
  }

  /** Positions have no gaps. */
  private static long last(StorePlace place) throws SQLException {
    return behind(place, LAST, 0).events();
  }

  private static Follower.Got behind(StorePlace place, String sql, long position)
      throws SQLException {
    try (Connection connection = place.connect();
        PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, position);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return new Follower.Got(row.getLong(1), row.getLong(2));
      }
    }
  }
}
