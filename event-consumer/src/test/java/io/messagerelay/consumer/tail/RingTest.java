package io.messagerelay.consumer.tail;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.consumer.query.EventFilter;
import io.messagerelay.consumer.store.StoredEvent;
import io.messagerelay.contract.Event;
import io.messagerelay.contract.Payload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RingTest {
  private static final long KEPT = Ring.LONGEST_KEPT.toNanos();

  private final Ring ring = new Ring(1_000_000);

  @BeforeEach
  void begin() {
    ring.reset(0);
  }

  private void add(long position, long at) {
    add(position, "t", at);
  }

  private void add(long position, String type, long at) {
    var event = new Event("e" + position, type, Payload.ofString("p"), null, null);
    var stored = new StoredEvent(position, event, Instant.EPOCH);
    ring.add(List.of(new Ring.Kept(stored, new byte[100], at)));
  }

  private Optional<Ring.Part> all(long position) {
    return ring.behind(position, EventFilter.ALL, 10);
  }

  private List<Long> behind(long position) {
    return positions(all(position).orElseThrow());
  }

  private static List<Long> positions(Ring.Part part) {
    return part.events().stream().map(kept -> kept.event().position()).toList();
  }

  @Test
  void an_event_is_let_go_when_it_was_here_for_too_long_and_the_store_has_it_then() {
    add(1, 0);
    add(2, 5);
    ring.forget(KEPT);
    assertThat(behind(0)).containsExactly(1L, 2L);

    ring.forget(KEPT + 1);
    assertThat(all(0)).isEmpty();
    assertThat(behind(1)).containsExactly(2L);

    ring.forget(KEPT + 6);
    assertThat(ring.bytes()).isZero();
    assertThat(ring.head()).isEqualTo(2);
    assertThat(all(1)).isEmpty();
    assertThat(behind(2)).isEmpty();
    add(3, KEPT);
    assertThat(behind(2)).containsExactly(3L);
  }

  @Test
  void who_wants_one_type_is_given_no_other_and_is_told_how_far_that_goes() {
    for (long position = 1; position <= 9; position++) {
      add(position, "t" + position % 3, 0);
    }

    Ring.Part some = ring.behind(0, EventFilter.ofTypes("t1"), 2).orElseThrow();
    Ring.Part rest = ring.behind(some.reached(), EventFilter.ofTypes("t1"), 2).orElseThrow();

    assertThat(positions(some)).containsExactly(1L, 4L);
    assertThat(some.reached()).isEqualTo(4);
    assertThat(positions(rest)).containsExactly(7L);
    assertThat(rest.reached()).isEqualTo(9);
  }

  @Test
  void a_type_of_which_nothing_was_forgotten_is_known_from_the_beginning_on() {
    add(1, "often", 0);
    add(2, "rare", KEPT);
    ring.forget(KEPT + 1);

    assertThat(all(0)).isEmpty();
    assertThat(ring.behind(0, EventFilter.ofTypes("often"), 10)).isEmpty();
    assertThat(positions(ring.behind(0, EventFilter.ofTypes("rare"), 10).orElseThrow()))
        .containsExactly(2L);
    assertThat(ring.behind(0, EventFilter.ofTypes("rare", "often"), 10)).isEmpty();
  }

  @Test
  void a_ring_that_begins_anew_knows_nothing_of_before() {
    add(1, "t", 0);
    ring.reset(7);

    assertThat(ring.behind(6, EventFilter.ofTypes("t"), 10)).isEmpty();
    assertThat(positions(ring.behind(7, EventFilter.ofTypes("t"), 10).orElseThrow())).isEmpty();
  }

  /** Against a list of all that was ever added. */
  @Test
  void what_is_given_is_all_there_is_whatever_was_forgotten() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    List<String> types = new ArrayList<>();
    long time = 0;
    int given = 0;
    for (int turn = 0; turn < 3_000; turn++) {
      time += random.nextInt(4) * KEPT / 16;
      ring.forget(time);
      types.add(type(random));
      add(types.size(), types.getLast(), time);
      EventFilter filter = filter(random);
      long position = Math.max(0, types.size() - random.nextInt(30));
      Optional<Ring.Part> part = ring.behind(position, filter, 1 + random.nextInt(8));
      if (part.isPresent()) {
        given++;
        assertThat(positions(part.get()))
            .as("seed %s, turn %s", seed, turn)
            .isEqualTo(
                LongStream.rangeClosed(position + 1, part.get().reached())
                    .filter(at -> filter.isOfType(types.get((int) at - 1)))
                    .boxed()
                    .toList());
      }
    }
    assertThat(given).as("seed %s", seed).isBetween(500, 2_999);
  }

  /** A few, some of them rare, and more than a ring remembers having forgotten. */
  private static String type(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> "rare." + random.nextInt(20);
      case 1 -> "one." + random.nextInt(100_000);
      default -> "often." + random.nextInt(3);
    };
  }

  private static EventFilter filter(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> EventFilter.ALL;
      case 1 -> new EventFilter(List.of("often.1"), List.of("rare."), null, null, null);
      case 2 -> EventFilter.ofTypes("often.0", "rare." + random.nextInt(20));
      default -> EventFilter.ofTypes("rare." + random.nextInt(20));
    };
  }
}
