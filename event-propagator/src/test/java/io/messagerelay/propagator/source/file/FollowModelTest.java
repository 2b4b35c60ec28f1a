package io.messagerelay.propagator.source.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.propagator.source.Polled;
import io.messagerelay.propagator.source.SourceItem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A writer that pauses anywhere in a line and rotates its file in every way, against a follower
 * that crashes at any time: every line is taken once, in order, and is never seen under another id.
 */
class FollowModelTest {
  private static final int STEPS = 1_000;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void every_line_is_taken_once_in_order_and_under_one_id(long seed) throws Exception {
    var random = new Random(seed);
    try (var writer = new Writer(folder.resolve("app.log"), random);
        var follower = new Follower(folder.resolve("app.log"), random)) {
      follower.step();
      for (int step = 0; step < STEPS; step++) {
        if (random.nextInt(3) == 0) {
          writer.step(follower);
        } else {
          follower.step();
        }
      }
      assertThat(List.of(writer.rotations, writer.truncations))
          .as("seed %d", seed)
          .allMatch(n -> n > 0);
      writer.endLine();
      follower.takeAll(writer.written);

      assertThat(follower.taken)
          .as("seed %d", seed)
          .isEqualTo(IntStream.range(0, writer.written).mapToObj(String::valueOf).toList());
      assertThat(new HashSet<>(follower.ids.values())).as("seed %d", seed).hasSize(writer.written);
    }
  }

  /** Writes events that are numbered from 0, byte by byte. */
  private static final class Writer implements AutoCloseable {
    private final Path path;
    private final RandomGenerator random;
    private Growing file;
    private String line = "";
    private int at;
    private int written;
    private int rotations;
    private int truncations;

    Writer(Path path, RandomGenerator random) throws IOException {
      this.path = path;
      this.random = random;
      this.file = Growing.create(path);
    }

    void step(Follower follower) throws Exception {
      switch (random.nextInt(12)) {
        case 0 -> rename(follower);
        case 1, 2, 3, 4 -> truncateWhenAllIsTaken(follower);
        case 5, 6, 7 -> endLine();
        default -> write(1 + random.nextInt(60));
      }
    }

    private void write(int bytes) throws IOException {
      for (int i = 0; i < bytes; i++) {
        if (at == line.length()) {
          line = Growing.event(Integer.toString(written++)) + "\n";
          at = 0;
        }
        file.append(line.substring(at, at + 1));
        at++;
      }
    }

    void endLine() throws IOException {
      file.append(line.substring(at));
      at = line.length();
    }

    /** What is left of the line still goes into the old file, maybe without its end. */
    private void rename(Follower follower) throws Exception {
      Files.move(path, path.resolveSibling("app.log." + rotations++));
      follower.maybePoll();
      if (at < line.length() && random.nextBoolean()) {
        line = line.stripTrailing();
        at = Math.min(at, line.length());
      }
      Growing old = file;
      boolean isNewThere = random.nextBoolean();
      if (isNewThere) {
        file = Growing.create(path);
        follower.maybePoll();
      }
      old.append(line.substring(at)).close();
      at = line.length();
      if (!isNewThere) {
        follower.maybePoll();
        file = Growing.create(path);
      }
    }

    private void truncateWhenAllIsTaken(Follower follower) throws IOException {
      if (at == line.length() && follower.taken.size() == written) {
        int size = (int) Files.size(path);
        file.truncate();
        truncations++;
        write(random.nextInt(2 * size + 1));
      }
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  /** Takes what it is given, unless it crashes first. */
  private static final class Follower implements AutoCloseable {
    private final Following following;
    private final RandomGenerator random;
    private final List<String> taken = new ArrayList<>();
    private final Map<String, String> ids = new HashMap<>();

    Follower(Path path, RandomGenerator random) {
      this.following = Following.of(path);
      this.random = random;
    }

    void step() throws Exception {
      switch (random.nextInt(10)) {
        case 0, 1 -> following.pass(Duration.ofMillis(random.nextInt(5_000)));
        case 2 -> {
          remember(following.look(1 + random.nextInt(10)));
          following.restart();
        }
        case 3 -> following.restart();
        default -> take();
      }
    }

    void maybePoll() throws Exception {
      if (random.nextBoolean()) {
        take();
      }
    }

    private void take() throws Exception {
      Polled polled = following.take(1 + random.nextInt(10));
      remember(polled);
      polled.items().stream().map(Following::payload).forEach(taken::add);
    }

    private void remember(Polled polled) {
      for (SourceItem item : polled.items()) {
        String id = Following.id(item);
        assertThat(ids.putIfAbsent(Following.payload(item), id)).isIn(null, id);
      }
    }

    /** Polls until so many are taken, and no longer than that should need. */
    void takeAll(int count) throws Exception {
      for (int i = 0; i < 10 * count && taken.size() < count; i++) {
        take();
        following.pass(Duration.ofSeconds(1));
      }
    }

    @Override
    public void close() {
      following.close();
    }
  }
}
