package io.messagerelay.benchmarks.relaying;

import io.messagerelay.benchmarks.load.SampleEvents;
import io.messagerelay.benchmarks.machine.Machine;
import io.messagerelay.benchmarks.machine.ProcessTimes;
import io.messagerelay.benchmarks.report.Effort;
import io.messagerelay.benchmarks.report.Figure;
import io.messagerelay.benchmarks.report.Samples;
import io.messagerelay.benchmarks.report.Table;
import io.messagerelay.benchmarks.service.Child;
import io.messagerelay.benchmarks.service.Consumer;
import io.messagerelay.benchmarks.service.Site;
import io.messagerelay.benchmarks.store.StoreKind;
import io.messagerelay.benchmarks.store.StorePlace;
import io.messagerelay.benchmarks.store.Stores;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/** A file of events, replayed through both services from the start of the process to its end. */
public final class Replaying {
  private static final double MIB = 1024 * 1024;
  private static final int KEYS = 1_000;
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final String STORED = "message_relay_events_answered_total{result=\"stored\"}";

  private final Site site;
  private final Stores stores;
  private final Effort effort;
  private final LongSupplier nanoTime;

  public Replaying(Site site, Stores stores, Effort effort, LongSupplier nanoTime) {
    this.site = site;
    this.stores = stores;
    this.effort = effort;
    this.nanoTime = nanoTime;
  }

  /** What is replayed into what. */
  private record Way(StoreKind store, boolean keyed) {
    String title() {
      return keyed ? "of 1,000 keys, 4 lanes" : "without keys, 1 lane";
    }
  }

  /**
   * One replay.
   *
   * @param rate events/s between the first tenth and the last event
   * @param whole events/s from the start of the process to its end
   */
  private record Run(
      double rate, double whole, double propagator, double consumer, double mib, double theirs) {}

  /** Measures rates, and gives the report's table. */
  public String rates(List<StoreKind> kinds) throws IOException, InterruptedException {
    Path plain = file(effort.replays().events(), false);
    Path keyed = file(effort.replays().events(), true);
    var samples = new Samples<Way>();
    for (int i = 0; i < effort.replays().repetitions(); i++) {
      for (StoreKind kind : kinds) {
        for (boolean withKeys : List.of(false, true)) {
          add(samples, new Way(kind, withKeys), replay(kind, withKeys ? keyed : plain));
        }
      }
    }
    Files.delete(plain);
    Files.delete(keyed);
    var table = new Table("events", "store", "events/s", "start to end", "propagator", "consumer");
    for (StoreKind kind : kinds) {
      for (boolean withKeys : List.of(false, true)) {
        Way way = new Way(kind, withKeys);
        table.row(
            way.title(),
            kind.title(),
            samples.spread(way, Figure.RATE).whole(),
            samples.spread(way, Figure.WHOLE_RATE).whole(),
            percent(samples.median(way, Figure.PROPAGATOR_SHARE)),
            percent(samples.median(way, Figure.SERVICE_SHARE)));
      }
    }
    return table.markdown();
  }

  private static void add(Samples<Way> samples, Way way, Run run) {
    samples.add(way, Figure.RATE, run.rate);
    samples.add(way, Figure.WHOLE_RATE, run.whole);
    samples.add(way, Figure.PROPAGATOR_SHARE, run.propagator);
    samples.add(way, Figure.SERVICE_SHARE, run.consumer);
  }

  /** Measures the memory that files of several sizes take, and gives the report's table. */
  public String memory() throws IOException, InterruptedException {
    var table = new Table("events", "file, MiB", "propagator MiB", "consumer MiB");
    for (int events : effort.replays().sizes()) {
      Path file = file(events, true);
      Run run = replay(StoreKind.SQLITE, file);
      table.row(
          String.format(Locale.ROOT, "%,d", events),
          String.format(Locale.ROOT, "%.0f", Files.size(file) / MIB),
          String.format(Locale.ROOT, "%.0f", run.mib),
          String.format(Locale.ROOT, "%.0f", run.theirs));
      Files.delete(file);
    }
    return table.markdown();
  }

  private Run replay(StoreKind kind, Path file) throws IOException, InterruptedException {
    long events;
    try (var lines = Files.lines(file)) {
      events = lines.count();
    }
    Path spool = Files.createTempDirectory(site.folder(), "spool-");
    try (StorePlace place = stores.make(kind);
        Consumer consumer = Consumer.start(site, place.settings(), "")) {
      long begin = nanoTime.getAsLong();
      try (Child propagator = start(consumer, spool, file)) {
        return observe(consumer, propagator, events, begin);
      }
    }
  }

  private Child start(Consumer consumer, Path spool, Path file) {
    return site.start(
        "event-propagator",
        Map.of("CONSUMER_URL", consumer.url().toString(), "SPOOL_DIR", spool.toString()),
        "replay",
        file.toString());
  }

  private record State(
      long nanos, double stored, Duration propagator, Duration consumer, long memory) {
    /** Of that moment, but for the process that is gone. */
    State at(State later) {
      return new State(later.nanos, later.stored, propagator, later.consumer, memory);
    }
  }

  private Run observe(Consumer consumer, Child propagator, long events, long begin)
      throws IOException, InterruptedException {
    State first = null;
    State last = look(consumer, propagator);
    while (last.stored < events) {
      Thread.sleep(LOOK);
      State now = look(consumer, propagator);
      last = now.memory == 0 ? last.at(now) : now;
      first = first == null && last.stored >= events / 10.0 ? last : first;
    }
    int exit = propagator.await();
    if (exit != 0 || first == null) {
      throw new IllegalStateException("replay ended with " + exit + "; " + propagator.log());
    }
    return run(first, last, events, (double) (nanoTime.getAsLong() - begin), consumer);
  }

  private static Run run(State first, State last, long events, double nanos, Consumer consumer) {
    double seconds = (last.nanos - first.nanos) / 1e9;
    double all = seconds * Machine.processors();
    return new Run(
        (last.stored - first.stored) / seconds,
        events / (nanos / 1e9),
        share(first.propagator, last.propagator, all),
        share(first.consumer, last.consumer, all),
        last.memory / MIB,
        consumer.times().mostResidentBytes() / MIB);
  }

  private State look(Consumer consumer, Child propagator) throws IOException, InterruptedException {
    ProcessTimes times = propagator.times();
    long memory = 0;
    Duration used = Duration.ZERO;
    try {
      used = times.processorTime();
      memory = times.mostResidentBytes();
    } catch (IllegalStateException | UncheckedIOException ended) {
      // it has just come to its end; what was seen before counts
    }
    return new State(
        nanoTime.getAsLong(),
        consumer.metric(STORED),
        used,
        consumer.times().processorTime(),
        memory);
  }

  private static double share(Duration begin, Duration end, double all) {
    return end.minus(begin).toMillis() / 10.0 / all;
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", share);
  }

  /** Events of 200 bytes, a line each. */
  private Path file(int events, boolean keyed) throws IOException {
    Path file = Files.createTempFile(site.folder(), "events-", ".ndjson");
    try (BufferedWriter lines = Files.newBufferedWriter(file)) {
      for (int i = 0; i < events; i++) {
        lines.write(SampleEvents.line(i, keyed ? "customer-" + i % KEYS : ""));
        lines.newLine();
      }
    }
    return file;
  }
}
