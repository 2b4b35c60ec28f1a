package io.messagerelay.benchmarks;

import io.messagerelay.base.Amounts;
import io.messagerelay.benchmarks.finding.Finding;
import io.messagerelay.benchmarks.finding.FindingReport;
import io.messagerelay.benchmarks.following.Following;
import io.messagerelay.benchmarks.following.FollowingReport;
import io.messagerelay.benchmarks.importing.Importing;
import io.messagerelay.benchmarks.keeping.Keeping;
import io.messagerelay.benchmarks.keeping.KeepingReport;
import io.messagerelay.benchmarks.load.ShopEvents;
import io.messagerelay.benchmarks.load.TimeOrderedIds;
import io.messagerelay.benchmarks.machine.Machine;
import io.messagerelay.benchmarks.posting.Batches;
import io.messagerelay.benchmarks.posting.FullQueue;
import io.messagerelay.benchmarks.posting.SingleEvents;
import io.messagerelay.benchmarks.posting.SingleEventsReport;
import io.messagerelay.benchmarks.reading.Pages;
import io.messagerelay.benchmarks.relaying.OutboxLag;
import io.messagerelay.benchmarks.relaying.Relaying;
import io.messagerelay.benchmarks.relaying.Replaying;
import io.messagerelay.benchmarks.report.Effort;
import io.messagerelay.benchmarks.report.ReadingEffort;
import io.messagerelay.benchmarks.report.Table;
import io.messagerelay.benchmarks.service.Consumer;
import io.messagerelay.benchmarks.service.Site;
import io.messagerelay.benchmarks.slowing.Phases;
import io.messagerelay.benchmarks.slowing.Slowing;
import io.messagerelay.benchmarks.starting.Idle;
import io.messagerelay.benchmarks.starting.Opening;
import io.messagerelay.benchmarks.starting.ShortCommands;
import io.messagerelay.benchmarks.starting.Starts;
import io.messagerelay.benchmarks.store.StoreKind;
import io.messagerelay.benchmarks.store.StorePlace;
import io.messagerelay.benchmarks.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** The parts, put together. The one place where clocks and chance come from. */
final class Measuring {
  private static final String PLOT = "performance-slowing.svg";
  private static final String PLOT_TITLE =
      "Over the seconds: events offered and delivered, events waiting, requests in flight, latency";

  private final Site site;
  private final Effort effort;
  private final List<StoreKind> kinds;
  private final Path folder;
  private final Map<String, String> report;
  private final Stores stores;
  private final LongSupplier nanoTime = System::nanoTime;
  private final Clock clock = Clock.systemUTC();
  private final TimeOrderedIds ids =
      new TimeOrderedIds(System::currentTimeMillis, RandomGenerator.getDefault());

  /**
   * @param folder of the report, for its pictures
   * @param report takes what was measured, under the names of the template's places
   */
  Measuring(
      Site site, Effort effort, List<StoreKind> kinds, Path folder, Map<String, String> report) {
    this.site = site;
    this.effort = effort;
    this.kinds = kinds;
    this.folder = folder;
    this.report = report;
    this.stores = new Stores(site.folder());
    describe(effort);
    describe(effort.reading());
  }

  private void describe(Effort effort) {
    report.put("repetitions", Integer.toString(effort.repetitions()));
    report.put("window", Long.toString(effort.window().toSeconds()));
    report.put("outbox-warm-up", Long.toString(effort.outbox().warmUp().toSeconds()));
    report.put("outbox-window", Long.toString(effort.outbox().window().toSeconds()));
    report.put("replays", Integer.toString(effort.replays().repetitions()));
    report.put("replayed", number(effort.replays().events()));
    report.put("starts-count", Integer.toString(effort.starts()));
    report.put("opening-bytes", Amounts.bytes(effort.opening().bytes()));
    report.put("opening-small-bytes", Amounts.bytes(effort.opening().smallBytes()));
    report.put("opening-repetitions", Integer.toString(effort.opening().repetitions()));
    report.put("idle-window", Long.toString(effort.idle().toSeconds()));
    report.put("relayed", number(effort.relayed()));
    report.put("many-rows", number(effort.manyRows()));
  }

  private void describe(ReadingEffort reading) {
    report.put("finding-rows", number(reading.finding().rows()));
    report.put("finding-repetitions", number(reading.finding().repetitions()));
    report.put("finding-answers", number(reading.finding().answers()));
    report.put("finding-rare", number(ShopEvents.RARE));
    report.put("finding-exported", number(reading.finding().exported()));
    report.put("following-rate", number(reading.following().eventsPerSecond()));
    report.put("following-repetitions", number(reading.following().repetitions()));
    report.put("following-window", number(reading.following().window().toSeconds()));
    report.put("keeping-rows", number(reading.keeping().rows()));
    report.put("keeping-repetitions", number(reading.keeping().repetitions()));
    report.put("keeping-window", number(reading.keeping().window().toSeconds()));
    report.put("keeping-removed", number(reading.keeping().removed()));
    report.put("importing-rows", number(reading.importing().rows()));
    report.put("importing-repetitions", number(reading.importing().repetitions()));
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  void machine() throws IOException, InterruptedException, SQLException {
    report.put("machine", machineTable());
  }

  private String machineTable() throws IOException, InterruptedException, SQLException {
    var table = new Table("", "");
    Machine.description(site.folder(), nanoTime).forEach(table::row);
    for (StoreKind kind : kinds) {
      try (StorePlace place = stores.make(kind);
          Consumer consumer = Consumer.start(site, place.settings(), "")) {
        table.row(kind.title(), place.description());
        report.put("java-options", consumer.times().javaOptions().replace(site.root() + "/", ""));
      }
    }
    return table.markdown();
  }

  void singleEvents() throws IOException, InterruptedException, SQLException {
    SingleEventsReport tables = new SingleEvents(site, stores, effort, ids, nanoTime).run(kinds);
    report.put("single-events", tables.rates());
    report.put("limits", tables.limits());
    report.put("memory", tables.memory());
  }

  void batches() throws IOException, InterruptedException, SQLException {
    report.put("batches", new Batches(site, stores, effort, ids, nanoTime).run(kinds));
  }

  void refusing() throws IOException, InterruptedException, SQLException {
    report.put("refusing", new FullQueue(site, stores, effort, ids, nanoTime).run(kinds));
  }

  void pages() throws Exception {
    report.put("pages", new Pages(site, stores, effort, nanoTime).run(kinds));
  }

  void relaying() throws IOException, InterruptedException {
    report.put("relaying", new Relaying(site, stores, effort, nanoTime).run(kinds));
  }

  void replaying() throws IOException, InterruptedException {
    var replaying = new Replaying(site, stores, effort, nanoTime);
    report.put("replaying", replaying.rates(kinds));
    report.put("replay-memory", replaying.memory());
  }

  void outbox() throws Exception {
    report.put("outbox", new OutboxLag(site, stores, effort, nanoTime, clock).run(kinds));
  }

  void slowing() throws IOException, InterruptedException {
    Phases slowing = new Slowing(site, effort.slowing(), nanoTime).run();
    report.putAll(slowing.values());
    Files.writeString(folder.resolve(PLOT), slowing.plot());
    report.put("slowing-plot", "![%s](%s)".formatted(PLOT_TITLE, PLOT));
  }

  void starts() throws IOException, InterruptedException {
    report.put("starts", new Starts(site, stores, effort, nanoTime).run(kinds));
  }

  void commands() throws IOException, InterruptedException {
    report.put("commands", new ShortCommands(site, stores, effort, nanoTime).run(kinds));
  }

  void opening() throws IOException, InterruptedException {
    Opening.Report opening = new Opening(site, stores, effort, nanoTime).run();
    report.put("opening", opening.table());
    report.put("opening-file", opening.file());
    report.put("opening-log", opening.log());
  }

  void idle() throws IOException, InterruptedException {
    report.put("idle", new Idle(site, stores, effort).run(kinds));
  }

  void finding() throws IOException, InterruptedException {
    FindingReport finding =
        new Finding(site, stores, effort.reading().finding(), nanoTime, clock).run(kinds);
    report.put("finding", finding.firstPages(kinds));
    report.put("finding-walks", finding.walks(kinds));
    report.put("finding-exports", finding.exports(kinds));
  }

  void following() throws IOException, InterruptedException, SQLException {
    FollowingReport following =
        new Following(site, stores, effort.reading().following(), ids, nanoTime, clock).run(kinds);
    report.put("following", following.everything(kinds));
    report.put("following-one-type", following.oneType(kinds));
  }

  void keeping() throws Exception {
    KeepingReport keeping =
        new Keeping(site, stores, effort.reading().keeping(), ids, nanoTime, clock).run(kinds);
    report.put("keeping", keeping.intake(kinds));
    report.put("keeping-passes", keeping.passes());
  }

  void importing() throws IOException, InterruptedException, SQLException {
    report.put(
        "importing",
        new Importing(site, stores, effort.reading().importing(), nanoTime, clock).run(kinds));
  }
}
