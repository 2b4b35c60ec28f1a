package io.messagerelay.benchmarks.slowing;

import io.messagerelay.benchmarks.report.Effort;
import io.messagerelay.benchmarks.service.Child;
import io.messagerelay.benchmarks.service.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A receiver that works for a while five times slower than before, while events are offered at a
 * steady rate that only its full speed can bear: how soon event-propagator follows.
 */
public final class Slowing {
  static final int FACTOR = 5;
  static final int OFFERED = 6_000;
  static final Capacity CAPACITY =
      new Capacity(4, Duration.ofMillis(20), Duration.ofNanos(380_000));

  private static final String LANES = "8";

  private final Site site;
  private final Effort.Slowing effort;
  private final LongSupplier nanoTime;

  public Slowing(Site site, Effort.Slowing effort, LongSupplier nanoTime) {
    this.site = site;
    this.effort = effort;
    this.nanoTime = nanoTime;
  }

  /** Measures, and gives what the report tells. */
  public Phases run() throws IOException, InterruptedException {
    Path spool = Files.createTempDirectory(site.folder(), "spool-");
    var tally = new Tally(nanoTime.getAsLong());
    try (OfferedFile file = OfferedFile.make(site.folder());
        Receiver receiver = Receiver.start(CAPACITY, tally, nanoTime);
        Child propagator = follow(file, receiver, spool)) {
      var load = new Load(file, tally, propagator, nanoTime);
      load.awaitFirst();
      long begin = nanoTime.getAsLong();
      long slow = begin + effort.before().toNanos();
      receiver.slowDown(new Slowness(slow, slow + effort.slow().toNanos(), FACTOR));
      Duration offered = effort.before().plus(effort.slow()).plus(effort.after());
      return new Phases(load.offer(begin, OFFERED, offered), effort);
    }
  }

  private Child follow(OfferedFile file, Receiver receiver, Path spool) {
    return site.start(
        "event-propagator",
        Map.of(
            "CONSUMER_URL", receiver.url().toString(),
            "SPOOL_DIR", spool.toString(),
            "LANES", LANES),
        "follow",
        file.path().toString());
  }
}
