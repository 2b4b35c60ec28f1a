package io.messagerelay.benchmarks.keeping;

import io.messagerelay.benchmarks.keeping.KeepingReport.Pass;
import io.messagerelay.benchmarks.service.Site;
import io.messagerelay.benchmarks.store.OpenStore;
import io.messagerelay.benchmarks.store.StoreKind;
import io.messagerelay.benchmarks.store.StorePlace;
import io.messagerelay.consumer.retention.Retention;
import io.messagerelay.consumer.retention.Retention.Outcome;
import io.messagerelay.consumer.retention.RetentionRules;
import io.messagerelay.consumer.store.Database;
import io.messagerelay.consumer.store.Page;
import io.messagerelay.consumer.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** Passes of retention by themselves, as {@code event-consumer retention} makes them. */
final class Passes {
  private static final String HOLDER = "bench";
  private static final Page OLDEST = new Page(1, Long.MAX_VALUE, true, List.of(), 1);

  private final Site site;
  private final int removed;
  private final LongSupplier nanoTime;
  private final Clock clock;
  private final KeepingReport report;

  /**
   * @param removed events by each pass
   */
  Passes(Site site, int removed, LongSupplier nanoTime, Clock clock, KeepingReport report) {
    this.site = site;
    this.removed = removed;
    this.nanoTime = nanoTime;
    this.clock = clock;
    this.report = report;
  }

  /** On a store that nobody else uses. */
  void time(StoreKind kind, StorePlace place) throws Exception {
    Path archive = Files.createTempDirectory(site.folder(), "archive-");
    try (Database database = OpenStore.of(place.settings(), clock)) {
      run(database, Optional.empty(), removed / 10); // warms up
      run(database, Optional.of(archive), removed / 10);
      for (boolean archiving : List.of(false, true)) {
        report.pass(
            kind,
            archiving,
            run(database, archiving ? Optional.of(archive) : Optional.empty(), removed));
      }
    }
  }

  private Pass run(Database database, Optional<Path> archive, int wanted)
      throws StoreException, IOException {
    var store = new TimedRetentionStore(database.retention(), nanoTime);
    long first = database.events().page(OLDEST).getFirst().position();
    long kept = store.lastPosition() - first + 1 - wanted;
    var rules = new RetentionRules(Optional.empty(), OptionalLong.of(kept), List.of());
    var retention =
        new Retention(rules, database.events(), store, archive, HOLDER, clock, nanoTime);
    long begun = nanoTime.getAsLong();
    Outcome outcome = retention.runOnce();
    double seconds = (nanoTime.getAsLong() - begun) / 1e9;
    if (!outcome.equals(new Outcome.Done(wanted))) {
      throw new IllegalStateException(
          "a pass ended with " + outcome + ", and should have removed " + wanted + " events");
    }
    return new Pass(store.removals(), store.files(), wanted / seconds);
  }
}
