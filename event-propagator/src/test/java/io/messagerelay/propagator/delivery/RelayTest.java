package io.messagerelay.propagator.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.messagerelay.propagator.spool.DeadLetter;
import io.messagerelay.propagator.spool.FakeSpool;
import io.messagerelay.propagator.spool.Lanes;
import io.messagerelay.propagator.spool.NewEntry;
import io.messagerelay.propagator.spool.Spool;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelayTest extends OneLane {
  @Test
  void waiting_events_go_in_batches_in_order() throws Exception {
    take(1, 250);

    advance(Duration.ZERO);

    assertThat(consumer.batchSizes).containsExactly(100, 100, 50);
    assertThat(consumer.stored()).isEqualTo(ids(1, 250));
    assertThat(spool.books()).isEqualTo(delivered(250));
  }

  @Test
  void event_that_comes_alone_goes_alone_and_at_once() throws Exception {
    take(1, 1);

    advance(Duration.ZERO);

    assertThat(consumer.batchSizes).containsExactly(1);
    assertThat(lines.lines()).containsExactly("INFO delivered id-1 from data.json[1] (attempt 1)");
  }

  @Test
  void batch_ends_at_its_bytes() throws Exception {
    NewEntry large =
        new NewEntry.Deliverable("large", null, "here", "x".repeat(300 * 1024).getBytes(UTF_8));
    spool.take("file", List.of(large, large, large), null);

    advance(Duration.ZERO);

    assertThat(consumer.batchSizes).containsExactly(1, 1, 1);
  }

  @Test
  void next_events_are_claimed_while_an_answer_is_waited_for() throws Exception {
    take(1, 150);
    consumer.whileWaitedFor(() -> take(151, 200));

    advance(Duration.ZERO);

    assertThat(consumer.batchSizes).containsExactly(100, 50, 50);
    assertThat(consumer.stored()).isEqualTo(ids(1, 200));
  }

  @Test
  void events_that_were_claimed_in_vain_have_not_been_tried() throws Exception {
    consumer.away();
    take(1, 200);
    relay.run();
    consumer.back();

    advance(MINUTE);

    assertThat(lines.lines())
        .hasSize(200)
        .contains("INFO delivered id-100 from data.json[100] (attempt 2)")
        .contains("INFO delivered id-101 from data.json[101] (attempt 1)");
  }

  @Test
  void request_under_way_is_settled_at_the_end_and_none_follows_it() throws Exception {
    take(1, 400);
    relay.run();
    assertThat(consumer.batchSizes).containsExactly(100, 100);
    assertThat(spool.books().delivered()).as("is settled behind the next request").isZero();

    relay.finish();

    assertThat(consumer.batchSizes).containsExactly(100, 100);
    assertThat(spool.books().delivered()).isEqualTo(200);
  }

  @Test
  void idle_lane_sends_nothing_and_looks_again_within_a_second() throws Exception {
    assertThat(relay.run()).isEqualTo(Duration.ofSeconds(1));
    assertThat(consumer.batchSizes).isEmpty();
  }

  @Test
  void everything_is_delivered_in_order_when_the_consumer_is_back_after_an_hour() throws Exception {
    consumer.away();
    take(1, 300);
    advance(HOUR.dividedBy(2));
    take(301, 500);
    advance(HOUR.dividedBy(2));
    assertThat(spool.books().pending()).isEqualTo(500);

    consumer.back();
    advance(MINUTE);

    assertThat(consumer.stored()).isEqualTo(ids(1, 500));
    assertThat(spool.books()).isEqualTo(delivered(500));
  }

  @Test
  void consumer_that_is_away_is_asked_ever_less_often() throws Exception {
    consumer.away();
    take(1, 1);

    advance(HOUR);

    // 30 s at most and 15 s on average, once the first short delays are over
    assertThat(consumer.batchSizes).hasSizeBetween(120, 360);
  }

  @Test
  void what_the_consumer_asks_for_is_waited_for() throws Exception {
    consumer.busyFor(Duration.ofMinutes(2));
    take(1, 1);
    relay.run();
    consumer.back();

    advance(Duration.ofSeconds(119));
    assertThat(consumer.stored()).isEmpty();

    advance(Duration.ofSeconds(2));
    assertThat(consumer.stored()).isEqualTo(ids(1, 1));
  }

  @Test
  void first_delay_is_short_again_after_a_success() throws Exception {
    consumer.away();
    take(1, 1);
    advance(HOUR);
    consumer.back();
    advance(MINUTE);

    consumer.away();
    take(2, 2);
    relay.run();

    assertThat(spool.due(0).orElseThrow())
        .isBeforeOrEqualTo(clock.instant().plus(Duration.ofMillis(100)));
  }

  @Test
  void refused_event_is_a_dead_letter_and_blocks_nobody() throws Exception {
    consumer.refuses("id-3");
    take(1, 5);

    advance(Duration.ZERO);

    assertThat(consumer.stored()).containsExactly("id-1", "id-2", "id-4", "id-5");
    assertThat(spool.deadLetters(0, 10))
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.eventId()).isEqualTo("id-3");
              assertThat(letter.status()).isEqualTo(400);
              assertThat(letter.reasons()).containsExactly("/event_type must be a string");
            });
    assertThat(spool.books().pending()).isZero();
  }

  @Test
  void event_to_blame_for_a_refused_batch_is_found_by_halving() throws Exception {
    consumer.chokesOn("id-10").chokesOn("id-90");
    take(1, 200);

    advance(Duration.ZERO);

    assertThat(spool.deadLetters(0, 10))
        .extracting(DeadLetter::eventId)
        .containsExactly("id-10", "id-90");
    List<String> others = ids(1, 200).stream().filter(id -> !id.matches("id-[19]0")).toList();
    assertThat(consumer.stored()).isEqualTo(others);
    assertThat(consumer.batchSizes).startsWith(100, 50, 25, 12, 6).hasSizeLessThan(50);
  }

  @Test
  void batches_grow_back_by_doubling_after_one_was_too_big() throws Exception {
    consumer.answers(new Delivery.TooBig("413"));
    take(1, 100);
    for (int i = 0; i < 4; i++) {
      relay.run();
    }
    consumer.back();
    advance(Duration.ZERO);

    assertThat(consumer.batchSizes).containsExactly(100, 50, 25, 12, 6, 12, 24, 48, 10);
  }

  @Test
  void lane_never_sends_more_than_its_own_limit() throws Exception {
    Relay single = relay(spool, consumer, new Lane(0, 1));
    take(1, 3);

    for (int i = 0; i < 3; i++) {
      single.run();
    }

    assertThat(consumer.batchSizes).containsExactly(1, 1, 1);
  }

  @Test
  void sender_that_calls_one_event_too_big_is_a_fault_of_ours() {
    consumer.answers(new Delivery.TooBig("413"));
    take(1, 1);

    assertThatThrownBy(relay::run).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void held_lane_is_probed_every_half_minute_and_goes_on_when_the_setting_is_changed()
      throws Exception {
    consumer.answers(new Delivery.Held("403"));
    take(1, 2);

    advance(Duration.ofMinutes(10).minusMillis(1));
    assertThat(consumer.batchSizes).hasSize(20);
    assertThat(alarms.lines()).singleElement(STRING).startsWith("ERROR ").endsWith(": 403");

    consumer.back();
    advance(MINUTE);
    assertThat(consumer.stored()).isEqualTo(ids(1, 2));
  }

  @Test
  void lane_looks_at_its_spool_every_second_however_long_it_waits() throws Exception {
    consumer.busyFor(HOUR);
    take(1, 1);

    assertThat(relay.run()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void lane_that_waits_does_not_hold_up_another() throws Exception {
    Lanes two = new Lanes(2);
    Spool both = new FakeSpool(two, Long.MAX_VALUE, clock);
    String here = keyOf(two, 0);
    String there = keyOf(two, 1);
    both.take("file", List.of(entry(1, here), entry(2, there)), null);
    FakeConsumer away = new FakeConsumer().away();
    relay(both, away, new Lane(0, 100)).run();
    relay(both, consumer, new Lane(1, 100)).run();

    assertThat(consumer.stored()).containsExactly("id-2");
    assertThat(both.books().pending()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void crash_at_any_moment_loses_nothing_doubles_nothing_and_keeps_the_order(long seed)
      throws Exception {
    Random random = new Random(seed);
    Spool fragile = new FragileSpool(spool, random);
    consumer.chokesOn("id-7").refuses("id-70");
    take(1, 300);

    Relay running = relay(fragile, consumer, new Lane(0, 10));
    int crashes = 0;
    while (spool.books().pending() > 0) {
      try {
        clock.advance(running.run());
      } catch (FragileSpool.Crash e) {
        crashes++;
        running = relay(fragile, consumer, new Lane(0, 10));
      }
      if (random.nextInt(4) == 0) {
        consumer.away();
      } else {
        consumer.back();
      }
      assertThat(spool.books().balanced()).as("books, seed " + seed).isTrue();
    }

    assertThat(crashes).as("crashes, seed " + seed).isPositive();
    assertThat(spool.deadLetters(0, 10))
        .as("dead letters, seed " + seed)
        .extracting(DeadLetter::eventId)
        .containsExactly("id-7", "id-70");
    List<String> others = ids(1, 300).stream().filter(id -> !id.matches("id-70?")).toList();
    assertThat(consumer.stored()).as("stored, seed " + seed).isEqualTo(others);
  }
}
