package io.messagerelay.consumer.overview;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Remembers what this process has done in the last ten minutes, in memory that does not grow. It
 * looks at counters once a second and costs those who count nothing. Shared by threads.
 */
public final class Activity {
  /** Between two calls of {@link #tick}. */
  public static final Duration TICK = Duration.ofSeconds(1);

  static final int TICKS_OF_A_SAMPLE = 5;
  static final int MOST_SAMPLES = 120;

  /** The rate is that since the oldest of them. */
  private static final int TICKS_OF_A_RATE = 10;

  private final Counters counters;
  private final CommitTimes commits;
  private final Clock clock;
  private final LongSupplier nanoTime;

  /** What the counters said at one moment. */
  private record Look(long nanos, long stored, long refused) {}

  @GuardedBy("this")
  private final Deque<Look> looks = new ArrayDeque<>(TICKS_OF_A_RATE + 1);

  @GuardedBy("this")
  private final Deque<Sample> samples = new ArrayDeque<>(MOST_SAMPLES + 1);

  /** Where the sample that has not ended begins. */
  @GuardedBy("this")
  private Look begun;

  @GuardedBy("this")
  private int ticks;

  /**
   * @param nanoTime a clock that only goes forward, in nanoseconds
   */
  public Activity(Counters counters, CommitTimes commits, Clock clock, LongSupplier nanoTime) {
    this.counters = counters;
    this.commits = commits;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.begun = new Look(nanoTime.getAsLong(), counters.stored(), counters.refused());
    looks.add(begun);
  }

  /** A second has passed. One that comes early, as several do after a pause, does not count. */
  public synchronized void tick() {
    Look now = look();
    if (now.nanos() - looks.getLast().nanos() < TICK.toNanos() / 2) {
      return;
    }
    keep(looks, now, TICKS_OF_A_RATE + 1);
    if (++ticks % TICKS_OF_A_SAMPLE == 0) {
      keep(samples, sampleUntil(now), MOST_SAMPLES);
      begun = now;
    }
  }

  private static <T> void keep(Deque<T> last, T newest, int most) {
    last.addLast(newest);
    if (last.size() > most) {
      last.removeFirst();
    }
  }

  @GuardedBy("this")
  private Sample sampleUntil(Look now) {
    return new Sample(
        clock.instant(),
        now.stored() - begun.stored(),
        now.refused() - begun.refused(),
        commits.endSlice(),
        counters.queuedEvents());
  }

  private Look look() {
    return new Look(nanoTime.getAsLong(), counters.stored(), counters.refused());
  }

  /** What there is now. */
  public synchronized Overview overview() {
    Look since = looks.getFirst();
    Look now = look();
    // Of the first moment of all one event would be thousands a second.
    double seconds =
        Math.max(1, (double) (now.nanos() - since.nanos()) / TimeUnit.SECONDS.toNanos(1));
    return new Overview(
        clock.instant(),
        counters.queuedEvents(),
        counters.queuedBytes(),
        (now.stored() - since.stored()) / seconds,
        (now.refused() - since.refused()) / seconds,
        commits.ofAllSlices(),
        samples.stream().toList());
  }
}
