package io.messagerelay.benchmarks.importing;

import io.messagerelay.base.ExitCodes;
import io.messagerelay.benchmarks.report.Figure;
import io.messagerelay.benchmarks.report.ReadingEffort;
import io.messagerelay.benchmarks.report.Samples;
import io.messagerelay.benchmarks.report.Table;
import io.messagerelay.benchmarks.service.Child;
import io.messagerelay.benchmarks.service.Consumer;
import io.messagerelay.benchmarks.service.Site;
import io.messagerelay.benchmarks.store.History;
import io.messagerelay.benchmarks.store.StoreKind;
import io.messagerelay.benchmarks.store.StorePlace;
import io.messagerelay.benchmarks.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/** Moving all events of one store into another, by the commands that a person types for it. */
public final class Importing {
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final double MIB = 1024 * 1024;

  private final Site site;
  private final Stores stores;
  private final ReadingEffort.Importing effort;
  private final LongSupplier nanoTime;
  private final Clock clock;

  public Importing(
      Site site,
      Stores stores,
      ReadingEffort.Importing effort,
      LongSupplier nanoTime,
      Clock clock) {
    this.site = site;
    this.stores = stores;
    this.effort = effort;
    this.nanoTime = nanoTime;
    this.clock = clock;
  }

  private enum Step {
    EXPORT,
    IMPORT
  }

  /**
   * Measures from the first of these stores into the last, and gives the report's table.
   *
   * @throws IllegalStateException when a row was not the same in both
   */
  public String run(List<StoreKind> kinds) throws IOException, InterruptedException, SQLException {
    StoreKind from = kinds.getFirst();
    StoreKind to = kinds.getLast();
    var samples = new Samples<Step>();
    Path file = site.folder().resolve("all.ndjson.gz");
    try (StorePlace old = stores.make(from)) {
      History.of(effort.rows(), clock).writeTo(List.of(old));
      Contents contents = Contents.of(old);
      requireRows(contents);
      for (int i = 0; i < effort.repetitions(); i++) {
        export(old, file, samples);
        load(to, file, contents, samples);
      }
    }
    String size = String.format(Locale.ROOT, "%.0f", Files.size(file) / MIB);
    Files.delete(file);
    var table = new Table("command", "store", "s", "events/s", "file, MiB");
    row(table, "`event-consumer export --stored`", from, samples, Step.EXPORT, size);
    row(table, "`event-consumer import`", to, samples, Step.IMPORT, size);
    return table.markdown();
  }

  private static void row(
      Table table, String command, StoreKind kind, Samples<Step> samples, Step step, String size) {
    table.row(
        command,
        kind.title(),
        samples.spread(step, Figure.SECONDS).fine(),
        samples.spread(step, Figure.WHOLE_RATE).whole(),
        size);
  }

  private void requireRows(Contents contents) {
    if (contents.rows() != effort.rows()) {
      throw new IllegalStateException("the store to export has " + contents);
    }
  }

  private void export(StorePlace old, Path file, Samples<Step> samples)
      throws IOException, InterruptedException {
    try (Consumer consumer = Consumer.start(site, old.settings(), "")) {
      Map<String, String> settings = Map.of("CONSUMER_URL", consumer.url().toString());
      time(
          Step.EXPORT,
          samples,
          settings,
          "export",
          "--stored",
          "--force",
          "--out",
          file.toString());
    }
  }

  private void load(StoreKind to, Path file, Contents contents, Samples<Step> samples)
      throws InterruptedException, SQLException {
    try (StorePlace fresh = stores.make(to)) {
      time(Step.IMPORT, samples, fresh.settings(), "import", file.toString());
      Contents imported = Contents.of(fresh);
      if (!imported.equals(contents)) {
        throw new IllegalStateException(
            "exported was %s, and imported %s".formatted(contents, imported));
      }
    }
  }

  private void time(
      Step step, Samples<Step> samples, Map<String, String> settings, String... command)
      throws InterruptedException {
    long begin = nanoTime.getAsLong();
    try (Child child = site.start("event-consumer", settings, command)) {
      int code = child.await(LONGEST);
      double seconds = (nanoTime.getAsLong() - begin) / 1e9;
      if (code != ExitCodes.OK) {
        throw new IllegalStateException(
            command[0] + " ended with " + code + "; its log: " + child.log());
      }
      samples.add(step, Figure.SECONDS, seconds);
      samples.add(step, Figure.WHOLE_RATE, effort.rows() / seconds);
    }
  }
}
