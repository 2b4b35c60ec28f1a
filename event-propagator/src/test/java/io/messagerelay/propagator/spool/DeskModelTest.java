package io.messagerelay.propagator.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.propagator.spool.NewEntry.Deliverable;
import io.messagerelay.propagator.spool.NewEntry.Unusable;
import io.messagerelay.propagator.spool.SpoolStatus.AsideSummary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A person and a runner do random things to one spool, the runner also between the transactions of
 * the person. After each, and in copies as a kill between two transactions would leave them, the
 * books say what the tables hold, and no event is lost or there twice.
 */
final class DeskModelTest {
  private static final int STEPS = 30;

  @TempDir Path folder;

  private final ManualClock clock = new ManualClock();
  private final Set<String> settled = new HashSet<>();
  private int ids;
  private int copies;
  private int moved;
  private long behind;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void books_and_events_are_whole_whatever_is_done_beside_the_runner(long seed) {
    var random = new Random(seed);
    try (SqliteSpool spool = open(folder)) {
      for (int step = 0; step < STEPS; step++) {
        String where = "seed %d, step %d".formatted(seed, step);
        if (random.nextInt(3) == 0) {
          change(spool, random, where);
        } else {
          run(spool, random);
        }
        assertWhole(folder, where);
        behind += behind();
        assertThat(spool.books().balanced()).as(where).isTrue();
      }
    }
    assertThat(behind).as("seed %d has events wait for others", seed).isPositive();
    assertThat(moved).as("seed %d moves something", seed).isPositive();
    assertThat(copies).as("seed %d is killed", seed).isPositive();
  }

  /** How many wait for another of their key. */
  private long behind() {
    return new SpoolFolder(folder)
        .status().orElseThrow().aside().stream().mapToLong(AsideSummary::behind).sum();
  }

  private void change(SqliteSpool spool, Random random, String where) {
    Runnable between =
        () -> {
          assertSurvivesKill(where);
          run(spool, random);
        };
    try (SpoolDesk desk = SpoolDesk.toChange(new SpoolFolder(folder), between)) {
      moved +=
          switch (random.nextInt(5)) {
            case 0, 1 -> (int) desk.resend(Selection.ALL);
            case 2 -> {
              Set<String> some =
                  ids(Shelf.DEAD_LETTERS, folder).stream().limit(3).collect(Collectors.toSet());
              settled.addAll(some);
              yield some.isEmpty() ? 0 : (int) desk.discard(onlyIds(some));
            }
            default -> (int) desk.bury(Selection.ALL, clock.instant(), Optional.empty());
          };
    }
  }

  private void run(SqliteSpool spool, Random random) {
    if (random.nextBoolean()) {
      spool.take("source", entries(random), null);
      return;
    }
    if (random.nextInt(3) == 0) {
      attemptAside(spool, random);
    }
    if (random.nextBoolean()) {
      spool.claim(0, 0, 1, 1).forEach(event -> spool.aside().put(event, "no", clock.instant()));
    }
    List<SpooledEvent> batch = spool.claim(0, 0, 1 + random.nextInt(40), 1L << 20);
    if (random.nextInt(4) == 0) {
      spool.defer(batch, clock.instant());
      return;
    }
    spool.settle(
        batch.stream()
            .<Settlement>map(
                event -> {
                  if (random.nextInt(3) == 0) {
                    return new Settlement.Dead(event, 400, List.of("no"));
                  }
                  settled.add(event.eventId());
                  return new Settlement.Delivered(event);
                })
            .toList());
  }

  private void attemptAside(SqliteSpool spool, Random random) {
    for (AsideEvent next : spool.aside().claim().stream().toList()) {
      SpooledEvent event = next.event();
      switch (random.nextInt(3)) {
        case 0 -> spool.aside().defer(next.failed("no"), clock.instant());
        case 1 -> spool.settle(List.of(new Settlement.Dead(event, 400, List.of("no"))));
        default -> {
          settled.add(event.eventId());
          spool.settle(List.of(new Settlement.Delivered(event)));
        }
      }
    }
  }

  private List<NewEntry> entries(Random random) {
    var entries = new ArrayList<NewEntry>();
    for (int i = random.nextInt(400); i >= 0; i--) {
      String id = "id-" + ++ids;
      if (random.nextInt(50) == 0) {
        settled.add(id);
        entries.add(new Unusable("place", new byte[random.nextInt(9)], List.of("no object")));
      } else {
        String body =
            "{\"event_id\":\"%s\",\"event_payload\":\"%d\"}".formatted(id, random.nextLong());
        String key = random.nextBoolean() ? "key-" + random.nextInt(8) : null;
        entries.add(new Deliverable(id, key, "place", body.getBytes(UTF_8)));
      }
    }
    return entries;
  }

  /** What a kill leaves: the file and its log as they are. */
  private void assertSurvivesKill(String where) {
    try {
      Path killed = Files.createDirectory(folder.resolve("killed-" + ++copies));
      for (String name : List.of("spool.db", "spool.db-wal")) {
        Files.copy(folder.resolve(name), killed.resolve(name));
      }
      open(killed).close();
      assertWhole(killed, where + ", killed");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void assertWhole(Path path, String where) {
    Audit audit = SpoolDesk.audit(new SpoolFolder(path));
    assertThat(audit.problems()).as(where).isEmpty();
    List<String> there = new ArrayList<>(ids(Shelf.PENDING, path));
    there.addAll(ids(Shelf.DEAD_LETTERS, path));
    assertThat(there).as(where).doesNotHaveDuplicates();
    var all = new HashSet<>(there);
    all.addAll(settled);
    assertThat(all).as(where).hasSize(ids);
  }

  private static Selection onlyIds(Set<String> ids) {
    Selection all = Selection.ALL;
    return new Selection(
        ids, Set.of(), all.reason(), all.type(), all.source(), all.since(), all.until());
  }

  private static List<String> ids(Shelf shelf, Path path) {
    try (SpoolDesk desk = SpoolDesk.toRead(new SpoolFolder(path))) {
      return desk.oldestFirst(shelf, Selection.ALL)
          .flatMap(entry -> Optional.ofNullable(entry.eventId()).stream())
          .toList();
    }
  }

  private SqliteSpool open(Path path) {
    return SqliteSpool.open(
        path.resolve("spool.db"), new Lanes(1), new SpoolLimits(1L << 30, 0), clock);
  }
}
