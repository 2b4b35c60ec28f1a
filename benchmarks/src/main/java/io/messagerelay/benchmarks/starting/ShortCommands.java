package io.messagerelay.benchmarks.starting;

import io.messagerelay.base.ExitCodes;
import io.messagerelay.benchmarks.report.Effort;
import io.messagerelay.benchmarks.report.Spread;
import io.messagerelay.benchmarks.report.Table;
import io.messagerelay.benchmarks.service.Child;
import io.messagerelay.benchmarks.service.Consumer;
import io.messagerelay.benchmarks.service.Site;
import io.messagerelay.benchmarks.store.StoreKind;
import io.messagerelay.benchmarks.store.StorePlace;
import io.messagerelay.benchmarks.store.Stores;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;

/** How long the commands take that end by themselves. */
public final class ShortCommands {
  private static final List<String> SERVICES = List.of("event-consumer", "event-propagator");
  private static final List<String> COMMANDS = List.of("version", "check", "status");

  private final Site site;
  private final Stores stores;
  private final Effort effort;
  private final LongSupplier nanoTime;

  public ShortCommands(Site site, Stores stores, Effort effort, LongSupplier nanoTime) {
    this.site = site;
    this.stores = stores;
    this.effort = effort;
    this.nanoTime = nanoTime;
  }

  /** Measures, and gives the report's table. A command that a service does not have is left out. */
  public String run(List<StoreKind> kinds) throws IOException, InterruptedException {
    var table = new Table("command", "store", "ms");
    for (StoreKind kind : kinds) {
      try (StorePlace place = stores.make(kind);
          Consumer consumer = Consumer.start(site, place.settings(), "")) {
        Map<String, String> settings = settings(place, consumer);
        relayOne(settings);
        for (String service : SERVICES) {
          for (String command : COMMANDS) {
            List<Double> times = times(service, command, settings);
            if (!times.isEmpty()) {
              table.row(
                  "`" + service + " " + command + "`", kind.title(), Spread.of(times).whole());
            }
          }
        }
      }
    }
    return table.markdown();
  }

  private Map<String, String> settings(StorePlace place, Consumer consumer) {
    Map<String, String> settings = new HashMap<>(place.settings());
    settings.put("CONSUMER_URL", consumer.url().toString());
    settings.put("CONSUMER_PORT", Integer.toString(Site.freePort()));
    settings.put("SPOOL_DIR", site.folder().resolve("spool-of-commands").toString());
    settings.put("DATA_FILE", site.root().resolve("event-propagator/data/data.json").toString());
    return settings;
  }

  /** There is a spool to look at then. */
  private void relayOne(Map<String, String> settings) throws InterruptedException {
    try (Child child = site.start("event-propagator", settings, "run", "--limit", "1")) {
      int code = child.await();
      if (code != ExitCodes.OK && code != ExitCodes.FAILED) { // the one may be refused
        throw new IllegalStateException("ended with " + code + "; its log: " + child.log());
      }
    }
  }

  private List<Double> times(String service, String command, Map<String, String> settings)
      throws InterruptedException {
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < effort.starts(); i++) {
      OptionalDouble time = time(service, command, settings);
      if (time.isEmpty()) {
        return List.of();
      }
      times.add(time.getAsDouble());
    }
    return times;
  }

  /** In milliseconds; empty when there is no such command. */
  private OptionalDouble time(String service, String command, Map<String, String> settings)
      throws InterruptedException {
    long begin = nanoTime.getAsLong();
    try (Child child = site.start(service, settings, command)) {
      int code = child.await();
      double millis = (nanoTime.getAsLong() - begin) / 1e6;
      if (code == ExitCodes.USAGE) {
        return OptionalDouble.empty();
      }
      if (code != ExitCodes.OK) {
        throw new IllegalStateException(
            service + " " + command + " ended with " + code + "; its log: " + child.log());
      }
      return OptionalDouble.of(millis);
    }
  }
}
