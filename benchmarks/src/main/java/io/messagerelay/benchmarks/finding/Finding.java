package io.messagerelay.benchmarks.finding;

import io.messagerelay.benchmarks.load.Answers;
import io.messagerelay.benchmarks.load.ClosedLoop;
import io.messagerelay.benchmarks.load.ReadRequests;
import io.messagerelay.benchmarks.report.Figure;
import io.messagerelay.benchmarks.report.ReadingEffort;
import io.messagerelay.benchmarks.report.Samples;
import io.messagerelay.benchmarks.service.Consumer;
import io.messagerelay.benchmarks.service.Site;
import io.messagerelay.benchmarks.store.History;
import io.messagerelay.benchmarks.store.StoreKind;
import io.messagerelay.benchmarks.store.StorePlace;
import io.messagerelay.benchmarks.store.Stores;
import io.messagerelay.consumer.query.Cursor;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looking for events in a large store, over one connection, by every filter there is. */
public final class Finding {
  private static final double MIB = 1024 * 1024;
  private static final Pattern CURSOR = Pattern.compile("cursor=([^&>]+)");

  private final Site site;
  private final Stores stores;
  private final ReadingEffort.Finding effort;
  private final LongSupplier nanoTime;
  private final Clock clock;
  private final FindingReport report;

  public Finding(
      Site site, Stores stores, ReadingEffort.Finding effort, LongSupplier nanoTime, Clock clock) {
    this.site = site;
    this.stores = stores;
    this.effort = effort;
    this.nanoTime = nanoTime;
    this.clock = clock;
    this.report = new FindingReport(effort.rows());
  }

  /** Measures, and gives the report's tables. */
  public FindingReport run(List<StoreKind> kinds) throws IOException, InterruptedException {
    Map<StoreKind, StorePlace> places = new EnumMap<>(StoreKind.class);
    List<Filled> all = new ArrayList<>();
    try {
      for (StoreKind kind : kinds) {
        places.put(kind, stores.make(kind));
      }
      History history = History.of(effort.rows(), clock);
      history.writeTo(places.values());
      for (var place : places.entrySet()) {
        all.add(start(place.getKey(), place.getValue(), history));
      }
      measure(all);
    } finally {
      all.forEach(Filled::close);
      places.values().forEach(StorePlace::close);
    }
    return report;
  }

  private Filled start(StoreKind kind, StorePlace place, History history)
      throws IOException, InterruptedException {
    Consumer consumer = Consumer.start(site, place.settings(), "");
    String token = consumer.token();
    String link =
        consumer.get("/event?limit=1", token).headers().firstValue("Link").orElse("no link");
    Matcher text = CURSOR.matcher(link);
    Optional<Cursor> cursor = text.find() ? Cursor.of(text.group(1)) : Optional.empty();
    String storeId = cursor.orElseThrow().storeId();
    return new Filled(kind, place, history, consumer, token, storeId);
  }

  private void measure(List<Filled> all) throws IOException, InterruptedException {
    var unused = new Samples<FindingReport.Found>();
    for (Filled each : all) {
      for (Search search : Search.values()) {
        String target = search.target(each.history(), each.storeId());
        Filled.Page page = each.page(target);
        int bytes = each.bytes(target, search.encoding());
        report.page(new FindingReport.Found(each.kind(), search), page.events(), bytes);
        read(each, search, unused); // warms up
      }
    }
    for (int i = 0; i < effort.repetitions(); i++) {
      for (Search search : Search.values()) {
        for (Filled each : all) {
          read(each, search, report.pages());
        }
      }
      for (Search rare : Search.RARE) {
        for (Filled each : all) {
          walk(each, rare);
        }
      }
      for (Filled each : all) {
        export(each);
      }
    }
  }

  private void read(Filled from, Search search, Samples<FindingReport.Found> into) {
    String target = search.target(from.history(), from.storeId());
    var requests = new ReadRequests(target, from.token(), search.encoding());
    try (var loop = ClosedLoop.open(from.consumer().port(), 1, requests, nanoTime)) {
      Answers first = loop.run(Duration.ZERO);
      long enough = (long) (first.percentile(100) * 1e6 * effort.answers());
      Answers answers = loop.run(Duration.ofNanos(Math.min(enough, effort.most().toNanos())));
      loop.drain();
      var found = new FindingReport.Found(from.kind(), search);
      into.add(found, Figure.P50, answers.percentile(50));
      into.add(found, Figure.P99, answers.percentile(99));
      report.answered(found, answers.successes());
    }
  }

  /** From the first event, page by page, to the first page that has one. */
  private void walk(Filled from, Search rare) throws IOException, InterruptedException {
    long most = effort.rows();
    long begin = nanoTime.getAsLong();
    Filled.Page page = from.page(rare.target(from.history(), from.storeId()));
    int pages = 1;
    while (page.events() == 0 && !page.next().isEmpty() && page.reached() < most) {
      page = from.page(page.next());
      pages++;
    }
    double seconds = (nanoTime.getAsLong() - begin) / 1e9;
    if (page.events() == 0) {
      throw new IllegalStateException("no event was found by " + rare.title());
    }
    report.walked(from.kind(), rare, pages, seconds, page.reached() / seconds);
  }

  private void export(Filled from) throws IOException, InterruptedException {
    long begin = nanoTime.getAsLong();
    Filled.Exported exported = from.export(Math.min(effort.exported(), effort.rows()));
    double seconds = (nanoTime.getAsLong() - begin) / 1e9;
    report.exported(from.kind(), exported.events() / seconds, exported.bytes() / MIB / seconds);
  }
}
