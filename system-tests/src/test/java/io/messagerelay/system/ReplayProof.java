package io.messagerelay.system;

import io.messagerelay.system.way.Way;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A file of events that is replayed, and gone on with after each kill. */
record ReplayProof(Installation site, int events, Way way) implements ProofSource {
  private static final int ID_DIGITS = 16;

  @Override
  public void prepare() {
    try (BufferedWriter lines = Files.newBufferedWriter(file())) {
      for (int item = 1; item <= events; item++) {
        lines.write(line(item));
        lines.newLine();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file() {
    return site.folder().resolve("events.ndjson");
  }

  private static String line(int item) {
    SampleData.Sample sample = content(item);
    int number = key(item);
    String key = number == StoredOnce.NO_KEY ? "" : ",\"event_key\":\"key " + number + "\"";
    return "{\"event_type\":\"%s\",\"event_payload\":\"%s\"%s}"
        .formatted(sample.type(), sample.payload(), key);
  }

  /** Every other item has one of fifty keys. */
  static int key(int item) {
    return item % 2 == 0 ? item % 100 : StoredOnce.NO_KEY;
  }

  /** What the file says of an item; the first is 1. */
  static SampleData.Sample content(int item) {
    return new SampleData.Sample(
        "sample." + item,
        "Grüße from item %d; %s".formatted(item, "0123456789 ".repeat(item % 17)).strip());
  }

  @Override
  public List<Victim> start(StoredRows store, Pace pace) {
    return List.of(
        new Victim.OfService(
            Service.PROPAGATOR,
            propagator(pace.interval(0)),
            () -> propagator(pace.interval(store.count())),
            child -> child.output().contains(" relaying from ")));
  }

  private Child propagator(Duration interval) {
    double rate = (double) TimeUnit.SECONDS.toNanos(1) / Math.max(1, interval.toNanos());
    return site.start(
        Service.PROPAGATOR,
        way.settings(Map.of("LOG_EVENTS", "false")),
        "replay",
        "--rate",
        String.format(Locale.ROOT, "%.0f", Math.max(1, rate)),
        file().toString());
  }

  @Override
  public void awaitEnd(Duration atMost) {
    int exit = site.children(Service.PROPAGATOR).getLast().waitFor(atMost);
    if (exit != 0) {
      throw new IllegalStateException("event-propagator ended with " + exit);
    }
  }

  @Override
  public Verdict judge() {
    BooksLine books =
        BooksLine.in(site.children(Service.PROPAGATOR).getLast().lines()).orElseThrow();
    try (var store = site.rows();
        var api = new ConsumerApi(site.consumerUrl())) {
      String token = api.token(Installation.ACCOUNT, Installation.PASSWORD);
      var count =
          new StoredOnce(events, digest(file()) + "-%012d", ReplayProof::content, ReplayProof::key);
      store.each(count::row);
      api.each(token, event -> count.listed(StoredEvent.listed(event)));
      return count.verdict(books);
    }
  }

  private static String digest(Path file) {
    try (InputStream in =
        new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
      return HexFormat.of()
          .formatHex(((DigestInputStream) in).getMessageDigest().digest())
          .substring(0, ID_DIGITS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
