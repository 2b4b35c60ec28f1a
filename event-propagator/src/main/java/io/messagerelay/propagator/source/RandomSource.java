package io.messagerelay.propagator.source;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Picks one element of a JSON file at random, again and again. It has no place to go on from: a
 * restart picks anew, and what was picked before is in the spool.
 *
 * <p>The picks keep the beat of the first one however late a poll comes. Beats that passed while
 * nobody asked (the spool was full, the machine slept) are left out, never made up for.
 */
public final class RandomSource implements EventSource {
  private final String name;
  private final List<SourceItem> items;
  private final long interval;
  private final RandomGenerator random;
  private final LongSupplier nanoTime;

  private @Nullable Long next;

  private RandomSource(
      String name,
      List<SourceItem> items,
      long interval,
      RandomGenerator random,
      LongSupplier nanoTime) {
    this.name = name;
    this.items = items;
    this.interval = interval;
    this.random = random;
    this.nanoTime = nanoTime;
  }

  /**
   * Reads the file, once.
   *
   * @param interval between two picks; zero for as many as are wanted
   * @param nanoTime monotonic nanoseconds
   * @throws SourceException when the file is not a JSON array of one or more elements
   */
  public static RandomSource open(
      Path file, Duration interval, RandomGenerator random, LongSupplier nanoTime)
      throws SourceException {
    return new RandomSource(
        String.valueOf(file.getFileName()),
        DataFile.read(file),
        interval.toNanos(),
        random,
        nanoTime);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Polled poll(@Nullable String progress, int atMost) {
    if (interval == 0) {
      return new Polled(picks(atMost), null, Duration.ZERO);
    }
    long now = nanoTime.getAsLong();
    long beat = next == null ? now : next;
    if (beat - now > 0) {
      return new Polled(List.of(), null, Duration.ofNanos(beat - now));
    }
    beat += ((now - beat) / interval + 1) * interval;
    next = beat;
    return new Polled(picks(1), null, Duration.ofNanos(beat - now));
  }

  private List<SourceItem> picks(int count) {
    var picks = new ArrayList<SourceItem>(count);
    for (int i = 0; i < count; i++) {
      picks.add(items.get(random.nextInt(items.size())));
    }
    return picks;
  }
}
