package io.messagerelay.benchmarks.starting;

import io.messagerelay.base.Amounts;
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
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * How long event-propagator takes with a spool that is full of waiting events and was left by a
 * kill: until it delivers from it, and to look into it.
 */
public final class Opening {
  private static final List<String> COMMANDS =
      List.of("status", "spool list", "dead-letters list", "spool verify");
  private static final URI UNUSED = URI.create("http://127.0.0.1:1");
  private static final Duration LOOK = Duration.ofMillis(5);
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final String STORED = "message_relay_events_answered_total{result=\"stored\"}";

  private final Site site;
  private final Stores stores;
  private final Effort.Opening effort;
  private final LongSupplier nanoTime;

  public Opening(Site site, Stores stores, Effort effort, LongSupplier nanoTime) {
    this.site = site;
    this.stores = stores;
    this.effort = effort.opening();
    this.nanoTime = nanoTime;
  }

  /**
   * What the report tells.
   *
   * @param file how large the spool's file was
   * @param log how large its write-ahead log was
   */
  public record Report(String table, String file, String log) {}

  /** Measures, and gives what the report tells. */
  public Report run() throws IOException, InterruptedException {
    AbandonedSpool full = AbandonedSpool.make(site, effort.bytes(), nanoTime);
    AbandonedSpool small = AbandonedSpool.make(site, effort.smallBytes(), nanoTime);
    var rows = new Rows(full, small, effort.repetitions(), new Table("", "s", "s, the small one"));
    rows.add("`event-propagator follow`, to the first event stored", this::startOnCopy);
    for (String command : COMMANDS) {
      rows.add("`event-propagator " + command + "`", spool -> time(command, spool));
    }
    return new Report(
        rows.table.markdown(), Amounts.bytes(full.fileBytes()), Amounts.bytes(full.logBytes()));
  }

  /** Takes a time, in seconds. */
  @FunctionalInterface
  private interface Timing {
    double on(AbandonedSpool spool) throws IOException, InterruptedException;
  }

  private record Rows(AbandonedSpool full, AbandonedSpool small, int repetitions, Table table) {
    void add(String what, Timing timing) throws IOException, InterruptedException {
      List<Double> onFull = new ArrayList<>();
      List<Double> onSmall = new ArrayList<>();
      for (int i = 0; i < repetitions; i++) {
        onFull.add(timing.on(full));
        onSmall.add(timing.on(small));
      }
      table.row(what, Spread.of(onFull).fine(), Spread.of(onSmall).fine());
    }
  }

  /** In seconds. */
  private double startOnCopy(AbandonedSpool spool) throws IOException, InterruptedException {
    AbandonedSpool copy = spool.copy();
    double seconds = start(copy);
    copy.remove();
    return seconds;
  }

  /** Into a new store, for an event that is there already is not stored again. In seconds. */
  private double start(AbandonedSpool spool) throws IOException, InterruptedException {
    try (StorePlace place = stores.make(StoreKind.SQLITE);
        Consumer consumer = Consumer.start(site, place.settings(), "")) {
      long begin = nanoTime.getAsLong();
      try (Child propagator = spool.follow(site, consumer.url())) {
        while (consumer.metric(STORED) == 0) {
          propagator.requireAlive();
          if (nanoTime.getAsLong() - begin > LONGEST.toNanos()) {
            throw new IllegalStateException("nothing stored after " + LONGEST);
          }
          Thread.sleep(LOOK);
        }
        return (nanoTime.getAsLong() - begin) / 1e9;
      }
    }
  }

  /** In seconds. */
  private double time(String command, AbandonedSpool spool) throws InterruptedException {
    long begin = nanoTime.getAsLong();
    try (Child child =
        site.start("event-propagator", spool.settings(UNUSED), command.split(" ", -1))) {
      int code = child.await();
      double seconds = (nanoTime.getAsLong() - begin) / 1e9;
      if (code != ExitCodes.OK) {
        throw new IllegalStateException(
            command + " ended with " + code + "; its log: " + child.log());
      }
      return seconds;
    }
  }
}
