package io.messagerelay.benchmarks.relaying;

import io.messagerelay.benchmarks.load.SampleEvents;
import io.messagerelay.benchmarks.machine.Machine;
import io.messagerelay.benchmarks.machine.ProcessTimes;
import io.messagerelay.benchmarks.report.Effort;
import io.messagerelay.benchmarks.report.Table;
import io.messagerelay.benchmarks.service.Child;
import io.messagerelay.benchmarks.service.Consumer;
import io.messagerelay.benchmarks.service.Site;
import io.messagerelay.benchmarks.store.StoreKind;
import io.messagerelay.benchmarks.store.StorePlace;
import io.messagerelay.benchmarks.store.Stores;
import io.messagerelay.contract.EventIds;
import io.messagerelay.propagator.spool.Lanes;
import io.messagerelay.propagator.spool.NewEntry;
import io.messagerelay.propagator.spool.Spool;
import io.messagerelay.propagator.spool.SpoolFolder;
import io.messagerelay.propagator.spool.SpoolLimits;
import io.messagerelay.propagator.spool.SqliteSpool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The propagator at full speed, both services running: once with a spool full of events that waited
 * for the consumer, once taking new ones as fast as its schedule allows.
 */
public final class Relaying {
  private static final double MIB = 1024 * 1024;
  private static final int TAKEN_AT_ONCE = 1_000;
  private static final int KEYS = 1_000;
  private static final long SPOOL_BYTES = 1L << 40;
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final String STORED = "message_relay_events_answered_total{result=\"stored\"}";

  private final Site site;
  private final Stores stores;
  private final Effort effort;
  private final LongSupplier nanoTime;
  private final Table table =
      new Table(
          "what", "store", "events/s", "propagator", "consumer", "propagator MiB", "consumer MiB");

  public Relaying(Site site, Stores stores, Effort effort, LongSupplier nanoTime) {
    this.site = site;
    this.stores = stores;
    this.effort = effort;
    this.nanoTime = nanoTime;
  }

  /** Measures, and gives the report's table. */
  public String run(List<StoreKind> kinds) throws IOException, InterruptedException {
    for (StoreKind kind : kinds) {
      measure(kind, "a full spool", true);
    }
    for (StoreKind kind : kinds) {
      measure(kind, "new events, `SCHEDULER_INTERVAL=0.001`", false);
    }
    return table.markdown();
  }

  private void measure(StoreKind kind, String what, boolean fullSpool)
      throws IOException, InterruptedException {
    Path spool = Files.createTempDirectory(site.folder(), "spool-");
    if (fullSpool) {
      fill(SpoolFolder.make(spool).spoolFile(), effort.relayed());
    }
    try (StorePlace place = stores.make(kind);
        Consumer consumer = Consumer.start(site, place.settings(), "");
        Child propagator = start(consumer, spool, fullSpool ? "86400" : "0.001")) {
      double first = fullSpool ? effort.relayed() / 10.0 : 1;
      double last = fullSpool ? effort.relayed() : Double.MAX_VALUE;
      observe(kind, what, consumer, propagator, first, last);
    }
  }

  private Child start(Consumer consumer, Path spool, String interval) {
    return site.start(
        "event-propagator",
        Map.of(
            "CONSUMER_URL", consumer.url().toString(),
            "SPOOL_DIR", spool.toString(),
            "SCHEDULER_INTERVAL", interval,
            "DATA_FILE", site.root().resolve("event-propagator/data/data.json").toString()),
        "run");
  }

  /** From the first moment with so many stored, until all are, or for some windows. */
  private void observe(
      StoreKind kind, String what, Consumer consumer, Child propagator, double first, double last)
      throws IOException, InterruptedException {
    State begin = await(consumer, propagator, first, LONGEST);
    boolean toTheEnd = last < Double.MAX_VALUE;
    State end =
        await(consumer, propagator, last, toTheEnd ? LONGEST : effort.window().multipliedBy(2));
    if (toTheEnd && end.stored < last) {
      throw new IllegalStateException("the spool was not relayed within " + LONGEST);
    }
    double seconds = (end.nanos - begin.nanos) / 1e9;
    double all = seconds * Machine.processors();
    table.row(
        what,
        kind.title(),
        String.format(Locale.ROOT, "%,.0f", (end.stored - begin.stored) / seconds),
        percent(begin.propagator, end.propagator, all),
        percent(begin.consumer, end.consumer, all),
        mib(propagator.times()),
        mib(consumer.times()));
  }

  private record State(long nanos, double stored, Duration propagator, Duration consumer) {}

  private State await(Consumer consumer, Child propagator, double stored, Duration atMost)
      throws IOException, InterruptedException {
    long begin = nanoTime.getAsLong();
    while (true) {
      propagator.requireAlive();
      var now =
          new State(
              nanoTime.getAsLong(),
              consumer.metric(STORED),
              propagator.times().processorTime(),
              consumer.times().processorTime());
      if (now.stored >= stored || now.nanos - begin > atMost.toNanos()) {
        return now;
      }
      Thread.sleep(LOOK);
    }
  }

  private static String percent(Duration begin, Duration end, double all) {
    return String.format(Locale.ROOT, "%.0f %%", end.minus(begin).toMillis() / 10.0 / all);
  }

  private static String mib(ProcessTimes times) {
    return String.format(Locale.ROOT, "%.0f", times.mostResidentBytes() / MIB);
  }

  private static void fill(Path file, int events) {
    var ids = new EventIds(Clock.systemUTC(), RandomGenerator.getDefault());
    try (Spool spool =
        SqliteSpool.open(file, new Lanes(4), new SpoolLimits(SPOOL_BYTES, 0), Clock.systemUTC())) {
      for (int begin = 0; begin < events; begin += TAKEN_AT_ONCE) {
        List<NewEntry> entries =
            IntStream.range(begin, Math.min(begin + TAKEN_AT_ONCE, events))
                .mapToObj(number -> entry(ids.get(), number))
                .toList();
        if (spool.take("benchmark", entries, null) != Spool.Take.TAKEN) {
          throw new IllegalStateException("the spool is full");
        }
      }
    }
  }

  /** Of one key in a thousand, so that all lanes have work. */
  private static NewEntry entry(String id, int number) {
    String key = "customer-" + number % KEYS;
    String body =
        "{\"event_id\":\"%s\",\"event_type\":\"%s\",\"event_payload\":\"%s\",\"event_key\":\"%s\"}"
            .formatted(
                id, SampleEvents.type(number), SampleEvents.PAYLOAD.replace("\"", "\\\""), key);
    return new NewEntry.Deliverable(
        id, key, "[" + number + "]", body.getBytes(StandardCharsets.UTF_8));
  }
}
