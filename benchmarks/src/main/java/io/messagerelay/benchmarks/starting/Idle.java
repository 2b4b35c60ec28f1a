package io.messagerelay.benchmarks.starting;

import io.messagerelay.benchmarks.machine.ProcessTimes;
import io.messagerelay.benchmarks.report.Effort;
import io.messagerelay.benchmarks.report.Table;
import io.messagerelay.benchmarks.service.Child;
import io.messagerelay.benchmarks.service.Consumer;
import io.messagerelay.benchmarks.service.Site;
import io.messagerelay.benchmarks.store.StoreKind;
import io.messagerelay.benchmarks.store.StorePlace;
import io.messagerelay.benchmarks.store.Stores;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What both services take of a core with their default settings: an event every ten seconds. */
public final class Idle {
  private static final double MIB = 1024 * 1024;

  private final Site site;
  private final Stores stores;
  private final Effort effort;

  public Idle(Site site, Stores stores, Effort effort) {
    this.site = site;
    this.stores = stores;
    this.effort = effort;
  }

  /** Measures, and gives the report's table. */
  public String run(List<StoreKind> kinds) throws IOException, InterruptedException {
    var table = new Table("process", "store", "of a core", "MiB");
    for (StoreKind kind : kinds) {
      try (StorePlace place = stores.make(kind);
          Consumer consumer = Consumer.start(site, place.settings(), "");
          Child propagator = propagator(consumer)) {
        Thread.sleep(effort.firstWarmUp());
        Duration consumed = consumer.times().processorTime();
        Duration propagated = propagator.times().processorTime();
        Thread.sleep(effort.idle());
        propagator.requireAlive();
        row(table, "event-consumer", kind, consumed, consumer.times());
        row(table, "event-propagator", kind, propagated, propagator.times());
      }
    }
    return table.markdown();
  }

  private void row(
      Table table, String name, StoreKind kind, Duration before, ProcessTimes process) {
    double used = process.processorTime().minus(before).toMillis();
    table.row(
        name,
        kind.title(),
        String.format(Locale.ROOT, "%.2f %%", 100 * used / effort.idle().toMillis()),
        String.format(Locale.ROOT, "%.0f", process.residentBytes() / MIB));
  }

  private Child propagator(Consumer consumer) {
    return site.start(
        "event-propagator",
        Map.of(
            "CONSUMER_URL", consumer.url().toString(),
            "SPOOL_DIR", site.folder().resolve("spool-of-idle-" + consumer.port()).toString(),
            "DATA_FILE", site.root().resolve("event-propagator/data/data.json").toString()),
        "run");
  }
}
