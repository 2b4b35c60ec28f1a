package io.messagerelay.consumer.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.consumer.store.Backend;
import io.messagerelay.consumer.store.EventStore.Appended;
import io.messagerelay.consumer.store.StoredEvent;
import io.messagerelay.consumer.store.TestEvents;
import io.messagerelay.contract.Event;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/** Storing, repeating, erasing and removing in any order, against a model that is only a map. */
@ParameterizedClass
@CsvSource({"SQLITE, 1", "SQLITE, 2", "SQLITE, 3", "MYSQL, 4"})
final class RetentionModelTest {
  private static final int STEPS = 150;

  private record Kept(long position, Event event, Instant received, boolean erased) {}

  private final Backend backend;
  private final long seed;
  private final Random random;
  private final Map<String, Kept> model = new LinkedHashMap<>();
  private long last;
  private long stored;
  @TempDir Path folder;

  RetentionModelTest(Backend backend, long seed) {
    this.backend = backend;
    this.seed = seed;
    this.random = new Random(seed);
  }

  @Test
  void the_store_is_what_the_model_says_at_every_step() throws Exception {
    try (var bench = new RetentionBench(backend, folder)) {
      for (int step = 0; step < STEPS; step++) {
        switch (random.nextInt(4)) {
          case 0, 1 -> append(bench);
          case 2 -> erase(bench);
          default -> remove(bench);
        }
        bench.clock.advance(Duration.ofMinutes(random.nextInt(60)));
        compare(bench, step);
      }
    }
  }

  private void append(RetentionBench bench) throws Exception {
    List<Event> group = new ArrayList<>();
    for (int i = random.nextInt(8) + 1; i > 0; i--) {
      String type = List.of("debug", "order", "other").get(random.nextInt(3));
      group.add(TestEvents.event("e-" + random.nextInt(60), type, "p" + random.nextInt(2)));
    }
    List<Appended> results = bench.database().events().append(group);
    for (int i = 0; i < group.size(); i++) {
      assertThat(results.get(i)).as("seed %s", seed).isEqualTo(expected(group.get(i), bench));
    }
  }

  private Appended expected(Event event, RetentionBench bench) {
    Kept there = model.get(event.id());
    if (there == null) {
      stored++;
      model.put(event.id(), new Kept(++last, event, bench.clock.instant(), false));
      return new Appended.Stored(last);
    }
    return there.event().equals(event)
        ? new Appended.Duplicate(there.position())
        : new Appended.Conflict();
  }

  private void erase(RetentionBench bench) throws Exception {
    String id = "e-" + random.nextInt(60);
    boolean found = bench.database().erasure().erase(id);
    assertThat(found).as("seed %s", seed).isEqualTo(model.containsKey(id));
    model.computeIfPresent(
        id, (_, kept) -> new Kept(kept.position(), kept.event(), kept.received(), true));
  }

  private void remove(RetentionBench bench) throws Exception {
    boolean byCount = random.nextBoolean();
    int count = 20 + random.nextInt(30);
    var rules =
        new RetentionRules(
            Optional.of(ageOf("other")),
            byCount ? OptionalLong.of(count) : OptionalLong.empty(),
            RetentionRules.types("debug=3h,order=2d").orElseThrow());
    Optional<Path> archive = random.nextBoolean() ? Optional.of(bench.archive) : Optional.empty();
    bench.retention(rules, "holder", archive).runOnce();
    Instant now = bench.clock.instant();
    model
        .values()
        .removeIf(
            kept ->
                kept.received().isBefore(now.minus(ageOf(kept.event().type())))
                    || (byCount && kept.position() <= last - count));
  }

  private static Duration ageOf(String type) {
    return switch (type) {
      case "debug" -> Duration.ofHours(3);
      case "order" -> Duration.ofDays(2);
      default -> Duration.ofHours(9);
    };
  }

  private void compare(RetentionBench bench, int step) throws Exception {
    List<StoredEvent> all = bench.all();
    assertThat(all)
        .as("seed %s, step %s", seed, step)
        .extracting(e -> e.position() + " " + e.event().id() + " " + (e.erasedTime() != null))
        .isEqualTo(
            model.values().stream()
                .map(kept -> kept.position() + " " + kept.event().id() + " " + kept.erased())
                .toList());
    assertThat(bench.counted()).as("seed %s, step %s", seed, step).isEqualTo(all.size());
    assertThat(bench.counts().stream().mapToLong(count -> count.stored()).sum()).isEqualTo(stored);
  }
}
