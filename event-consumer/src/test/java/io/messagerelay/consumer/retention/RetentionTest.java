package io.messagerelay.consumer.retention;

import static io.messagerelay.consumer.store.TestEvents.event;
import static io.messagerelay.consumer.store.TestEvents.events;
import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.consumer.retention.Retention.Outcome.Busy;
import io.messagerelay.consumer.retention.Retention.Outcome.Done;
import io.messagerelay.consumer.store.Backend;
import io.messagerelay.consumer.store.Database;
import io.messagerelay.consumer.store.EventStore.Appended.Stored;
import io.messagerelay.consumer.store.HourCount;
import io.messagerelay.consumer.store.Page;
import io.messagerelay.consumer.store.StoredEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes and what stays, in every database. */
@ParameterizedClass
@EnumSource(Backend.class)
final class RetentionTest {
  private final Backend backend;
  @TempDir Path folder;
  private RetentionBench bench;

  RetentionTest(Backend backend) {
    this.backend = backend;
  }

  @BeforeEach
  void open() throws Exception {
    bench = new RetentionBench(backend, folder);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void what_is_older_than_the_age_goes_and_nothing_younger() throws Exception {
    bench.database().events().append(events("a", 0, 3));
    bench.clock.advance(Duration.ofNanos(1_000));
    bench.database().events().append(events("b", 0, 2));
    bench.clock.set("2026-01-31T00:00:00.000001Z");

    assertThat(bench.retention(RetentionBench.age(Duration.ofDays(30))).runOnce())
        .isEqualTo(new Done(3));
    assertThat(bench.ids()).containsExactly("b-0", "b-1");
    bench.clock.advance(Duration.ofNanos(1_000));
    assertThat(bench.retention(RetentionBench.age(Duration.ofDays(30))).runOnce())
        .isEqualTo(new Done(2));
    assertThat(bench.ids()).isEmpty();
  }

  @Test
  void the_last_of_all_that_were_stored_are_kept() throws Exception {
    bench.database().events().append(events("a", 0, 700));

    assertThat(bench.retention(RetentionBench.count(1_000)).runOnce()).isEqualTo(new Done(0));
    assertThat(bench.retention(RetentionBench.count(150)).runOnce()).isEqualTo(new Done(550));
    assertThat(bench.all()).extracting(StoredEvent::position).startsWith(551L).hasSize(150);
  }

  @Test
  void types_have_an_age_of_their_own_longer_and_shorter() throws Exception {
    bench
        .database()
        .events()
        .append(List.of(event("d", "debug.x"), event("o", "order.paid"), event("t", "other")));
    RetentionRules rules =
        RetentionBench.types(Optional.of(Duration.ofDays(30)), "debug.*=1d,order.*=365d");

    bench.clock.advance(Duration.ofDays(1).plusSeconds(1));
    assertThat(bench.retention(rules).runOnce()).isEqualTo(new Done(1));
    assertThat(bench.ids()).containsExactly("o", "t");
    bench.clock.advance(Duration.ofDays(29));
    assertThat(bench.retention(rules).runOnce()).isEqualTo(new Done(1));
    assertThat(bench.ids()).containsExactly("o");
    bench.clock.advance(Duration.ofDays(335));
    assertThat(bench.retention(rules).runOnce()).isEqualTo(new Done(1));
  }

  @Test
  void without_an_age_for_all_only_types_with_a_rule_go() throws Exception {
    bench.database().events().append(List.of(event("d", "debug.x"), event("t", "other")));
    bench.clock.advance(Duration.ofDays(9_000));

    bench.retention(RetentionBench.types(Optional.empty(), "debug.x=1d")).runOnce();

    assertThat(bench.ids()).containsExactly("t");
  }

  @Test
  void a_dry_run_tells_what_would_go_by_which_rule_and_removes_nothing() throws Exception {
    bench.database().events().append(events("a", 0, 5));
    bench
        .database()
        .events()
        .append(List.of(event("d", "debug.x"), event("e", "debug.y"), event("o", "order")));
    bench.clock.advance(Duration.ofDays(2));
    bench.database().events().append(events("b", 0, 2));
    var rules =
        new RetentionRules(
            Optional.empty(),
            OptionalLong.of(7),
            RetentionRules.types("debug.*=1d,none=1d").orElseThrow());

    assertThat(bench.retention(rules).dryRun())
        .containsExactly(new Doom("count", 3, false), new Doom("debug.*", 2, false));
    assertThat(bench.all()).hasSize(10);
    assertThat(bench.retention(rules).runOnce()).isEqualTo(new Done(5));
  }

  @Test
  void a_removed_id_is_forgotten_and_its_position_is_never_given_again() throws Exception {
    bench.database().events().append(events("a", 0, 3));
    bench.retention(RetentionBench.count(1)).runOnce();
    bench.clock.advance(Duration.ofDays(1).plusSeconds(1));
    bench.retention(RetentionBench.age(Duration.ofDays(1))).runOnce();
    assertThat(bench.ids()).isEmpty();

    assertThat(bench.database().events().append(List.of(event("a-0", "t", "other"))))
        .containsExactly(new Stored(4));
    assertThat(bench.database().events().firstPositionSince(Instant.EPOCH)).hasValue(4);
  }

  @Test
  void a_reader_that_is_behind_gets_what_is_left() throws Exception {
    bench.database().events().append(events("a", 0, 6));
    bench.retention(RetentionBench.count(2)).runOnce();

    assertThat(bench.database().events().page(new Page(2, Long.MAX_VALUE, true, List.of(), 10)))
        .extracting(StoredEvent::position)
        .containsExactly(5L, 6L);
  }

  @Test
  void counts_tell_what_was_removed_of_each_hour_and_type() throws Exception {
    bench.database().events().append(List.of(event("a", "s"), event("b", "t"), event("c", "t")));
    bench.clock.advance(Duration.ofHours(1));
    bench.database().events().append(List.of(event("d", "t")));
    Instant first = Instant.parse("2026-01-01T00:00:00Z");

    bench.retention(RetentionBench.count(2)).runOnce();

    assertThat(bench.counts())
        .containsExactly(
            new HourCount(first, "s", 1, 1),
            new HourCount(first, "t", 2, 1),
            new HourCount(first.plusSeconds(3_600), "t", 1, 0));
  }

  @Test
  void of_two_consumers_one_works_at_a_time() throws Exception {
    bench.database().events().append(events("a", 0, 500));
    try (Database other = bench.open()) {
      var sweep =
          new Sweep(
              RetentionBench.count(50), other.events(), other.retention(), bench.clock.instant());
      var theirs =
          new RetentionPass(
              other.retention(), sweep, Optional.empty(), "other", bench.clock, () -> 0);
      assertThat(theirs.begin()).isTrue();

      assertThat(bench.retention(RetentionBench.count(100)).runOnce()).isEqualTo(new Busy(0));
      assertThat(bench.all()).hasSize(500);
      while (theirs.step() != RetentionPass.DONE) {
        assertThat(bench.retention(RetentionBench.count(100)).runOnce()).isEqualTo(new Busy(0));
      }

      assertThat(theirs.removed()).isEqualTo(450);
      assertThat(bench.retention(RetentionBench.count(50)).runOnce()).isEqualTo(new Done(0));
    }
  }

  @Test
  void who_was_killed_between_batches_is_followed_by_another_after_a_minute() throws Exception {
    bench.database().events().append(events("a", 0, 1_000));
    Retention killed = bench.retention(RetentionBench.count(1), "killed", Optional.empty());
    for (int step = 0; step < 6; step++) {
      killed.step();
    }
    int left = bench.all().size();
    assertThat(left).isBetween(200, 800);
    assertThat(bench.counted()).isEqualTo(left);
    Retention next = bench.retention(RetentionBench.count(1), "next", Optional.empty());
    assertThat(next.runOnce()).isEqualTo(new Busy(0));

    bench.clock.advance(Duration.ofSeconds(61));

    assertThat(next.runOnce()).isEqualTo(new Done(left - 1));
    assertThat(bench.counted()).isEqualTo(1);
  }

  @Test
  void who_ended_in_order_between_batches_is_followed_at_once() throws Exception {
    bench.database().events().append(events("a", 0, 1_000));
    Retention ended = bench.retention(RetentionBench.count(1), "ended", Optional.empty());
    for (int step = 0; step < 6; step++) {
      ended.step();
    }
    int left = bench.all().size();
    assertThat(left).isBetween(200, 800);

    ended.leave();

    Retention next = bench.retention(RetentionBench.count(1), "next", Optional.empty());
    assertThat(next.runOnce()).isEqualTo(new Done(left - 1));
  }

  @Test
  void who_ends_without_a_pass_takes_nobodys_turn() throws Exception {
    bench.database().events().append(events("a", 0, 1_000));
    Retention working = bench.retention(RetentionBench.count(1), "working", Optional.empty());
    working.step();
    Retention ended = bench.retention(RetentionBench.count(1), "ended", Optional.empty());
    ended.step();

    ended.leave();

    Retention next = bench.retention(RetentionBench.count(1), "next", Optional.empty());
    assertThat(next.runOnce()).isEqualTo(new Busy(0));
  }

  @Test
  void who_slept_over_its_turn_removes_nothing_more() throws Exception {
    bench.database().events().append(events("a", 0, 1_000));
    Retention slept = bench.retention(RetentionBench.count(1), "slept", Optional.empty());
    slept.step();
    slept.step();
    slept.step();
    bench.clock.advance(Duration.ofSeconds(61));
    Retention next = bench.retention(RetentionBench.count(300), "next", Optional.empty());
    next.step();
    bench.clock.advance(Duration.ofSeconds(30));

    long pause = 0;
    while (pause != Retention.BETWEEN.toNanos()) {
      pause = slept.step();
    }

    assertThat(bench.all()).hasSizeGreaterThanOrEqualTo(800);
    assertThat(bench.counted()).isEqualTo(bench.all().size());
  }

  @Test
  void events_are_stored_between_any_two_batches() throws Exception {
    bench.database().events().append(events("old", 0, 1_000));
    bench.clock.advance(Duration.ofDays(1).plusSeconds(1));
    Retention retention = bench.retention(RetentionBench.age(Duration.ofDays(1)));
    int stored = 0;
    int before = 1_000;
    for (long pause = 0; pause != Retention.BETWEEN.toNanos(); pause = retention.step()) {
      int now = bench.all().size();
      assertThat(before - now).isLessThanOrEqualTo(RetentionPass.BATCH);
      bench.database().events().append(events("new-" + stored, 0, 1));
      stored++;
      before = now + 1;
    }

    assertThat(bench.all()).hasSize(stored).allMatch(e -> e.event().id().startsWith("new-"));
    assertThat(retention.removed()).isEqualTo(1_000);
    assertThat(retention.lastRun()).isEqualTo(bench.clock.instant());
  }
}
