package io.messagerelay.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventIdsTest {
  private static final Instant NOW = Instant.parse("2026-11-25T10:00:00.123Z");
  private static final long SEED = 20261125;

  @Test
  void an_id_is_a_version_7_uuid_in_lower_case_with_the_clocks_time() {
    String id = new EventIds(Clock.fixed(NOW, ZoneOffset.UTC), new Random(SEED)).get();

    assertThat(id).matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    assertThat(UUID.fromString(id).getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
  }

  @Test
  void ids_are_those_of_the_clock_and_the_randomness_they_are_given() {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);

    assertThat(new EventIds(clock, new Random(SEED)).get())
        .isEqualTo(new EventIds(clock, new Random(SEED)).get())
        .isNotEqualTo(new EventIds(clock, new Random(SEED + 1)).get());
  }

  @Test
  void ids_of_one_millisecond_grow() {
    EventIds ids = new EventIds(Clock.fixed(NOW, ZoneOffset.UTC), new Random(SEED));

    assertThat(take(ids, 10_000)).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void ids_grow_while_the_clock_is_set_back() {
    Deque<Instant> readings =
        new ArrayDeque<>(
            List.of(NOW, NOW.plusMillis(5), NOW.minusSeconds(3600), NOW, NOW.plusMillis(6)));
    InstantSource clock = readings::remove;
    EventIds ids = new EventIds(clock.withZone(ZoneOffset.UTC), new Random(SEED));

    assertThat(take(ids, 5)).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void ids_of_many_threads_differ_and_grow_within_each() throws Exception {
    EventIds ids = new EventIds(Clock.systemUTC(), new Random(SEED));

    List<List<String>> perThread = takeByThreads(ids, 8, 5_000);

    assertThat(perThread).allSatisfy(taken -> assertThat(taken).isSorted());
    assertThat(new HashSet<>(perThread.stream().flatMap(List::stream).toList())).hasSize(40_000);
  }

  @Test
  void an_id_made_here_is_valid() {
    assertThat(EventIds.isValid(new EventIds(Clock.systemUTC(), new Random(SEED)).get())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", " a", "a ", "a\nb", "a\u007fb", "a\u0085b", "\ud83d"})
  void what_breaks_a_rule_is_no_id(String text) {
    assertThat(EventIds.isValid(text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "...", "a/b c", "ä", "0", "order-4711"})
  void any_other_text_is_an_id(String text) {
    assertThat(EventIds.isValid(text)).isTrue();
  }

  private static List<String> take(EventIds ids, int count) {
    List<String> taken = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      taken.add(ids.get());
    }
    return taken;
  }

  private static List<List<String>> takeByThreads(EventIds ids, int threads, int count)
      throws InterruptedException, ExecutionException {
    Callable<List<String>> work = () -> take(ids, count);
    List<List<String>> perThread = new ArrayList<>();
    try (var executor = Executors.newFixedThreadPool(threads)) {
      for (Future<List<String>> taken : executor.invokeAll(Collections.nCopies(threads, work))) {
        perThread.add(taken.get());
      }
    }
    return perThread;
  }
}
