package io.messagerelay.benchmarks.starting;

import io.messagerelay.benchmarks.load.SampleEvents;
import io.messagerelay.benchmarks.service.Child;
import io.messagerelay.benchmarks.service.Site;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * What an event-propagator leaves that followed a file without a consumer until its spool was full,
 * and was killed then.
 *
 * @param file that it followed; some of its events are still to be taken
 * @param spoolDir where its spool is
 * @param maxBytes the bound that it came to
 */
record AbandonedSpool(Path file, Path spoolDir, long maxBytes) {
  private static final int EVENT_BYTES = 2 * 1024;
  private static final int PAYLOADS = 13;
  private static final int KEYS = 1_000;
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final String FULL = "the spool is full";

  /** Makes one, as a user comes by it. */
  static AbandonedSpool make(Site site, long maxBytes, LongSupplier nanoTime)
      throws IOException, InterruptedException {
    Path spoolDir = Files.createTempDirectory(site.folder(), "spool-");
    var spool = new AbandonedSpool(events(site, maxBytes), spoolDir, maxBytes);
    URI nobody = URI.create("http://127.0.0.1:" + Site.freePort());
    try (Child propagator = spool.follow(site, nobody)) {
      awaitFull(propagator, nanoTime);
      propagator.kill();
    }
    if (spool.logBytes() == 0) {
      throw new IllegalStateException("the kill left no write-ahead log in " + spoolDir);
    }
    return spool;
  }

  /** More of them than the spool takes, which counts a little more for each than its bytes. */
  private static Path events(Site site, long bytes) throws IOException {
    Path file = Files.createTempFile(site.folder(), "events-", ".ndjson");
    try (BufferedWriter lines = Files.newBufferedWriter(file)) {
      for (int i = 0; i < bytes / EVENT_BYTES; i++) {
        lines.write(SampleEvents.line(i, "customer-" + i % KEYS, PAYLOADS));
        lines.newLine();
      }
    }
    return file;
  }

  private static void awaitFull(Child propagator, LongSupplier nanoTime)
      throws IOException, InterruptedException {
    long begin = nanoTime.getAsLong();
    while (!Files.readString(propagator.log()).contains(FULL)) {
      propagator.requireAlive();
      if (nanoTime.getAsLong() - begin > LONGEST.toNanos()) {
        throw new IllegalStateException("not full after " + LONGEST + "; " + propagator.log());
      }
      Thread.sleep(LOOK);
    }
  }

  /** Starts event-propagator on it. */
  Child follow(Site site, URI consumer) {
    return site.start("event-propagator", settings(consumer), "follow", file.toString());
  }

  /** For any command of event-propagator. */
  Map<String, String> settings(URI consumer) {
    return Map.of(
        "CONSUMER_URL", consumer.toString(),
        "SPOOL_DIR", spoolDir.toString(),
        "SPOOL_MAX_BYTES", Long.toString(maxBytes));
  }

  /** The same once more, on disk when this returns, so that nobody's flush has to wait for it. */
  AbandonedSpool copy() throws IOException {
    Path copy = Files.createTempDirectory(spoolDir.getParent(), "spool-");
    for (Path each : all()) {
      Path target = copy.resolve(spoolDir.relativize(each));
      if (Files.isDirectory(each)) {
        Files.createDirectories(target);
      } else {
        flush(Files.copy(each, target));
      }
    }
    return new AbandonedSpool(file, copy, maxBytes);
  }

  private static void flush(Path copied) throws IOException {
    try (FileChannel channel = FileChannel.open(copied, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  long fileBytes() throws IOException {
    return bytes("spool.db");
  }

  /** The write-ahead log's. */
  long logBytes() throws IOException {
    return bytes("spool.db-wal");
  }

  private long bytes(String name) throws IOException {
    return all().stream()
        .filter(each -> each.endsWith(name))
        .mapToLong(each -> each.toFile().length())
        .sum();
  }

  /** Removes its folder; the file that was followed stays. */
  void remove() throws IOException {
    for (Path each : all().reversed()) {
      Files.delete(each);
    }
  }

  /** The folder, and what is in it behind it. */
  private List<Path> all() throws IOException {
    try (Stream<Path> all = Files.walk(spoolDir)) {
      return all.toList();
    }
  }
}
