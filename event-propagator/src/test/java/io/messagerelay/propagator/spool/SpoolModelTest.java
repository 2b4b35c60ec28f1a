package io.messagerelay.propagator.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.propagator.spool.NewEntry.Deliverable;
import io.messagerelay.propagator.spool.NewEntry.Unusable;
import io.messagerelay.propagator.spool.Settlement.Dead;
import io.messagerelay.propagator.spool.Settlement.Delivered;
import io.messagerelay.propagator.spool.Settlement.Duplicate;
import io.messagerelay.propagator.spool.Spool.Take;
import io.messagerelay.propagator.spool.SpoolStatus.AsideSummary;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Does the same random things to the file and to the fake, and compares all that can be seen after
 * each: also after the file was closed and opened again, and in a copy as a crash would leave it.
 */
class SpoolModelTest {
  private static final int STEPS = 200;
  private static final long BOUND = 40_000;
  private static final Lanes LANES = new Lanes(3);
  private static final byte[] NO_BODY = {};

  @TempDir Path folder;

  private final ManualClock clock = new ManualClock();
  private final List<List<SpooledEvent>> claimed = new ArrayList<>();
  private final Set<Long> setAside = new HashSet<>();
  private int ids;
  private int copies;
  private int full;
  private long behind;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void the_file_does_what_the_model_does_at_every_step(long seed) throws IOException {
    var random = new Random(seed);
    var model = new FakeSpool(LANES, BOUND, clock);
    Spool spool = open(folder.resolve("spool.db"));
    try {
      for (int step = 0; step < STEPS; step++) {
        String where = "seed %d, step %d".formatted(seed, step);
        if (random.nextInt(20) == 0) {
          spool.close();
          spool = open(folder.resolve("spool.db"));
        }
        act(random, spool, model, where);
        assertSame(spool, model, where);
        behind += behind();
        if (random.nextInt(10) == 0) {
          assertSurvivesCrash(model, where);
        }
      }
    } finally {
      spool.close();
    }
    assertThat(full).as("seed %d reaches the bound", seed).isPositive();
    assertThat(behind).as("seed %d has events wait for others", seed).isPositive();
  }

  /** How many wait for another of their key. */
  private long behind() {
    return new SpoolFolder(folder)
        .status().orElseThrow().aside().stream().mapToLong(AsideSummary::behind).sum();
  }

  private void act(Random random, Spool spool, Spool model, String where) {
    switch (random.nextInt(9)) {
      case 0, 1 -> {
        List<NewEntry> entries = entries(random);
        String source = "source-" + random.nextInt(2);
        String progress = random.nextBoolean() ? "p" + ids : null;
        Take take = model.take(source, entries, progress);
        full += take == Take.FULL ? 1 : 0;
        assertThat(spool.take(source, entries, progress)).as(where).isEqualTo(take);
      }
      case 2, 3 -> {
        int lane = random.nextInt(LANES.count());
        int atMost = 1 + random.nextInt(5);
        long maxBytes = random.nextInt(1_500);
        List<SpooledEvent> batch = model.claim(lane, 0, atMost, maxBytes);
        assertThat(events(spool.claim(lane, 0, atMost, maxBytes)))
            .as(where)
            .isEqualTo(events(batch));
        claimed.add(batch);
        if (!batch.isEmpty() && random.nextInt(3) == 0) {
          goOn(random, spool, model, lane, batch, where);
        }
      }
      case 4 -> {
        List<Settlement> settlements = settlements(random, takeOut(random));
        model.settle(settlements);
        spool.settle(settlements);
      }
      case 5 -> putAside(random, spool, model, where);
      case 6, 7 -> attemptAside(random, spool, model, where);
      default -> {
        List<SpooledEvent> batch =
            takeOut(random).stream().filter(event -> !setAside.contains(event.seq())).toList();
        model.defer(batch, clock.instant().plusSeconds(5));
        spool.defer(batch, clock.instant().plusSeconds(5));
        clock.advance(Duration.ofSeconds(random.nextInt(4)));
      }
    }
  }

  /** One that was claimed alone, while nothing else of its lane is under way. */
  private void putAside(Random random, Spool spool, Spool model, String where) {
    int lane = random.nextInt(LANES.count());
    List<SpooledEvent> alone = model.claim(lane, 0, 1, BOUND);
    assertThat(events(spool.claim(lane, 0, 1, BOUND))).as(where).isEqualTo(events(alone));
    for (SpooledEvent event : alone) {
      Instant due = clock.instant().plusSeconds(random.nextInt(6));
      model.aside().put(event, where, due);
      spool.aside().put(event, where, due);
      setAside.add(event.seq());
    }
  }

  private void attemptAside(Random random, Spool spool, Spool model, String where) {
    Optional<AsideEvent> next = model.aside().claim();
    assertThat(spool.aside().claim().map(SpoolModelTest::said))
        .as(where)
        .isEqualTo(next.map(SpoolModelTest::said));
    int choice = random.nextInt(6);
    if (next.isPresent() && choice < 3) {
      Instant due = clock.instant().plusSeconds(random.nextInt(6));
      AsideEvent after = choice == 0 ? next.get() : next.get().failed(where);
      model.aside().defer(after, due);
      spool.aside().defer(after, due);
    } else if (next.isPresent() && choice < 5) {
      List<Settlement> settlements = settlements(random, List.of(next.get().event()));
      model.settle(settlements);
      spool.settle(settlements);
    }
  }

  private static List<?> said(AsideEvent event) {
    return List.of(events(List.of(event.event())), event.since(), event.failures(), event.cause());
  }

  /** Claims what follows a batch, as a relay does, and settles the batch or takes that back. */
  private void goOn(
      Random random, Spool spool, Spool model, int lane, List<SpooledEvent> batch, String where) {
    if (random.nextBoolean()) {
      attemptAside(random, spool, model, where);
    }
    long last = batch.getLast().seq();
    List<SpooledEvent> next = model.claim(lane, last, 3, BOUND);
    assertThat(events(spool.claim(lane, last, 3, BOUND))).as(where).isEqualTo(events(next));
    if (random.nextBoolean()) {
      List<Settlement> settlements = batch.stream().<Settlement>map(Delivered::new).toList();
      model.settle(settlements);
      spool.settle(settlements);
      claimed.add(next);
    } else {
      model.release(lane, last);
      spool.release(lane, last);
    }
  }

  private List<NewEntry> entries(Random random) {
    var entries = new ArrayList<NewEntry>();
    for (int i = random.nextInt(8); i >= 0; i--) {
      byte[] body = new byte[random.nextInt(600)];
      random.nextBytes(body);
      String place = "place-" + ++ids;
      String key = random.nextBoolean() ? "key-" + random.nextInt(5) : null;
      entries.add(
          random.nextInt(12) == 0
              ? new Unusable(place, body, List.of("reason 1", "reason \"2\"\n"))
              : new Deliverable("id-" + ids / 2, key, place, body));
    }
    return entries;
  }

  private static List<Settlement> settlements(Random random, List<SpooledEvent> events) {
    return events.stream()
        .<Settlement>map(
            event ->
                switch (random.nextInt(8)) {
                  case 0 -> new Dead(event, 400, List.of("no", "never"));
                  case 1, 2 -> new Duplicate(event);
                  default -> new Delivered(event);
                })
        .toList();
  }

  /** A batch that was claimed some time; it may be settled already. */
  private List<SpooledEvent> takeOut(Random random) {
    return claimed.isEmpty() ? List.of() : claimed.get(random.nextInt(claimed.size()));
  }

  private void assertSurvivesCrash(Spool model, String where) throws IOException {
    Path crashed = Files.createDirectory(folder.resolve("crash-" + ++copies)).resolve("spool.db");
    Files.copy(folder.resolve("spool.db"), crashed);
    Path log = folder.resolve("spool.db-wal");
    if (Files.exists(log)) {
      Files.copy(log, crashed.resolveSibling("spool.db-wal"));
    }
    try (Spool survivor = open(crashed)) {
      assertSame(survivor, model, where + ", after a crash");
    }
  }

  private static void assertSame(Spool spool, Spool model, String where) {
    assertThat(spool.books()).as(where).isEqualTo(model.books());
    assertThat(spool.books().balanced()).as(where).isTrue();
    assertThat(letters(spool)).as(where).isEqualTo(letters(model));
    assertThat(spool.deadBytes()).as(where).isEqualTo(model.deadBytes());
    for (int lane = 0; lane < LANES.count(); lane++) {
      assertThat(spool.due(lane)).as(where).isEqualTo(model.due(lane));
    }
    assertThat(spool.aside().due()).as(where).isEqualTo(model.aside().due());
    for (String source : List.of("source-0", "source-1")) {
      assertThat(spool.progress(source)).as(where).isEqualTo(model.progress(source));
    }
  }

  // With the body as a buffer, because an array is equal only to itself.
  private static List<?> events(List<SpooledEvent> events) {
    return events.stream()
        .map(
            e ->
                List.of(
                    ByteBuffer.wrap(e.body()),
                    new SpooledEvent(
                        e.seq(),
                        e.eventId(),
                        e.eventKey(),
                        e.source(),
                        e.place(),
                        NO_BODY,
                        e.taken(),
                        e.attempts())))
        .toList();
  }

  private static List<?> letters(Spool spool) {
    return spool.deadLetters(0, 1_000).stream()
        .map(
            d ->
                List.of(
                    ByteBuffer.wrap(d.body()),
                    new DeadLetter(
                        d.seq(),
                        d.eventId(),
                        d.eventKey(),
                        d.source(),
                        d.place(),
                        NO_BODY,
                        d.taken(),
                        d.died(),
                        d.attempts(),
                        d.status(),
                        d.reasons())))
        .toList();
  }

  private Spool open(Path file) {
    return SqliteSpool.open(file, LANES, new SpoolLimits(BOUND, 0), clock);
  }
}
