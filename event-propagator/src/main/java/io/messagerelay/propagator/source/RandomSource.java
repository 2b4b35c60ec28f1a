package io.messagerelay.propagator.source;

import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Picks one element of a JSON file at random, again and again. It has no place to go on from: a
 * restart picks anew, and what was picked before is in the spool. Beats of the schedule that passed
 * while nobody asked (the spool was full, the machine slept) are left out, never made up for.
 */
public final class RandomSource implements EventSource {
  private final String name;
  private final List<SourceItem> items;
  private final Beats beats;
  private final RandomGenerator random;

  private RandomSource(String name, List<SourceItem> items, Beats beats, RandomGenerator random) {
    this.name = name;
    this.items = items;
    this.beats = beats;
    this.random = random;
  }

  /**
   * Reads the file, once.
   *
   * @throws SourceException when the file is not a JSON array of one or more elements
   */
  public static RandomSource open(Path file, Beats beats, RandomGenerator random)
      throws SourceException {
    List<SourceItem> items = DataFile.read(file);
    return new RandomSource(String.valueOf(file.getFileName()), items, beats, random);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Polled poll(@Nullable String progress, int atMost) {
    List<SourceItem> picked = beats.take() ? List.of(pick()) : List.of();
    return new Polled(picked, null, beats.pause());
  }

  private SourceItem pick() {
    return items.get(random.nextInt(items.size()));
  }
}
