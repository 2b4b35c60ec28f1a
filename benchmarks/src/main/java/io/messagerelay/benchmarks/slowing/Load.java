package io.messagerelay.benchmarks.slowing;

import io.messagerelay.benchmarks.service.Child;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Offers events at a steady rate, which waits for nobody, and looks at what becomes of them. For
 * one thread.
 */
final class Load {
  private static final Duration STEP = Duration.ofMillis(10);
  private static final int STEPS_A_SAMPLE = 25;
  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final double NANOS = 1e9;

  private final OfferedFile file;
  private final Tally tally;
  private final Child propagator;
  private final LongSupplier nanoTime;
  private final List<Sample> samples = new ArrayList<>();
  private long waiting;
  private long offered;

  Load(OfferedFile file, Tally tally, Child propagator, LongSupplier nanoTime) {
    this.file = file;
    this.tally = tally;
    this.propagator = propagator;
    this.nanoTime = nanoTime;
  }

  /** Offers one event and waits until it is delivered, so that no start is in what follows. */
  void awaitFirst() throws IOException, InterruptedException {
    file.append(1);
    long begin = nanoTime.getAsLong();
    while (tally.take(nanoTime.getAsLong()).delivered() == 0) {
      propagator.requireAlive();
      requireTime(begin);
      Thread.sleep(STEP);
    }
    offered = file.written();
  }

  /** Offers so many events a second for so long, and waits until all are delivered. */
  Course offer(long begin, int rate, Duration time) throws IOException, InterruptedException {
    long first = file.written();
    long end = begin + time.toNanos();
    for (int step = 1; step * STEP.toNanos() <= time.toNanos() || waiting > 0; step++) {
      long due = begin + step * STEP.toNanos();
      TimeUnit.NANOSECONDS.sleep(due - nanoTime.getAsLong());
      long all = first + (long) ((Math.min(due, end) - begin) / NANOS * rate);
      file.append(all - file.written());
      if (step % STEPS_A_SAMPLE == 0) {
        propagator.requireAlive();
        requireTime(end);
        look(begin);
      }
    }
    return new Course(samples);
  }

  private void look(long begin) {
    long now = nanoTime.getAsLong();
    Tally.Count count = tally.take(now);
    long written = file.written() - offered;
    offered = file.written();
    waiting += written - count.delivered();
    samples.add(
        new Sample(
            samples.isEmpty() ? 0 : samples.getLast().end(),
            (now - begin) / NANOS,
            written,
            count.delivered(),
            waiting,
            count.again(),
            count.inFlight(),
            count.latency()));
  }

  private void requireTime(long since) {
    if (nanoTime.getAsLong() - since > LONGEST.toNanos()) {
      throw new IllegalStateException(
          "not delivered within %s; the propagator's log: %s".formatted(LONGEST, propagator.log()));
    }
  }
}
