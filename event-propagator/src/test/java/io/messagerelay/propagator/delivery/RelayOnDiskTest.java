package io.messagerelay.propagator.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.contract.EventIds;
import io.messagerelay.contract.EventJson;
import io.messagerelay.propagator.loop.RateLimit;
import io.messagerelay.propagator.source.EventSource;
import io.messagerelay.propagator.source.Polled;
import io.messagerelay.propagator.source.SourceItem;
import io.messagerelay.propagator.source.SourcePump;
import io.messagerelay.propagator.spool.Books;
import io.messagerelay.propagator.spool.DeadLetter;
import io.messagerelay.propagator.spool.Lanes;
import io.messagerelay.propagator.spool.ManualClock;
import io.messagerelay.propagator.spool.RecordedNote;
import io.messagerelay.propagator.spool.Spool;
import io.messagerelay.propagator.spool.SpoolLimits;
import io.messagerelay.propagator.spool.SqliteSpool;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pump and relay over the spool that a run has, on a clock that the test drives. */
@Timeout(60)
class RelayOnDiskTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration BEAT = Duration.ofSeconds(10);

  @TempDir Path folder;

  private final ManualClock clock = new ManualClock();
  private final FakeConsumer consumer = new FakeConsumer();
  private Spool spool;

  @BeforeEach
  void open() {
    spool =
        SqliteSpool.open(
            folder.resolve("spool.db"), new Lanes(1), new SpoolLimits(1L << 30, 0), clock);
  }

  @AfterEach
  void close() {
    spool.close();
  }

  @Test
  void everything_taken_while_the_consumer_was_away_for_an_hour_is_delivered_in_order()
      throws Exception {
    consumer.away();
    SourcePump pump = pump(Long.MAX_VALUE);
    Relay relay = relay(spool);

    advance(HOUR, pump, relay);
    assertThat(spool.books().pending()).isEqualTo(HOUR.dividedBy(BEAT));
    consumer.back();
    advance(MINUTE, pump, relay);

    int all = (int) HOUR.plus(MINUTE).dividedBy(BEAT);
    assertThat(consumer.stored()).isEqualTo(ids(all));
    assertThat(spool.books()).isEqualTo(new Books(all, all, 0, 0, 0, 0, 0));
  }

  @Test
  void clock_that_is_set_back_by_an_hour_delays_nothing_by_it() throws Exception {
    consumer.away();
    Relay relay = relay(spool);
    advance(MINUTE, pump(3), relay);

    clock.advance(HOUR.negated());
    consumer.back();
    advance(BEAT, pump(3), relay);

    assertThat(consumer.stored()).isEqualTo(ids(3));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void crash_between_any_two_steps_loses_nothing_doubles_nothing_and_keeps_the_order(long seed)
      throws Exception {
    Random random = new Random(seed);
    consumer.refuses("id-30");
    SourcePump pump = pump(60);
    Relay relay = relay(new FragileSpool(spool, random));
    int crashes = 0;
    while (spool.books().taken() < 60 || spool.books().pending() > 0) {
      try {
        pump.run();
        clock.advance(relay.run());
      } catch (FragileSpool.Crash e) {
        crashes++;
        close();
        open();
        pump = pump(60);
        relay = relay(new FragileSpool(spool, random));
      }
      if (random.nextInt(4) == 0) {
        consumer.away();
      } else {
        consumer.back();
      }
    }

    assertThat(crashes).as("crashes, seed " + seed).isPositive();
    assertThat(spool.deadLetters(0, 10))
        .as("dead letters, seed " + seed)
        .extracting(DeadLetter::eventId)
        .containsExactly("id-30");
    assertThat(consumer.stored())
        .as("stored, seed " + seed)
        .isEqualTo(ids(60).stream().filter(id -> !id.equals("id-30")).toList());
    assertThat(spool.books().balanced()).as("books, seed " + seed).isTrue();
  }

  /** A step of both at each beat, and of the relay in between when it wants one. */
  private void advance(Duration time, SourcePump pump, Relay relay) throws InterruptedException {
    Instant end = clock.instant().plus(time);
    for (Instant beat = clock.instant(); beat.isBefore(end); beat = beat.plus(BEAT)) {
      pump.run();
      while (clock.instant().isBefore(beat.plus(BEAT))) {
        clock.advance(atMost(relay.run(), Duration.between(clock.instant(), beat.plus(BEAT))));
      }
    }
  }

  private static Duration atMost(Duration pause, Duration most) {
    return pause.compareTo(most) < 0 ? pause : most;
  }

  private Relay relay(Spool over) {
    var schedule = new RetrySchedule(clock, new Random(42));
    return new Relay(
        over,
        consumer,
        new Pace(schedule, RateLimit.unbounded(), new Places(1, () -> 0, _ -> {}), clock),
        new DeliveryLog(() -> 0, new RecordedNote()),
        new Lane(0, 10));
  }

  private SourcePump pump(long limit) {
    var json = new EventJson(new EventIds(clock, new Random(7)));
    return new SourcePump(new Counting(), spool, json, () -> {}, limit);
  }

  private static List<String> ids(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> "id-" + i).toList();
  }

  /** Gives event after event, one a poll, and goes on where the spool says. */
  private static final class Counting implements EventSource {
    @Override
    public String name() {
      return "counting";
    }

    @Override
    public Polled poll(@Nullable String progress, int atMost) {
      int next = progress == null ? 1 : Integer.parseInt(progress) + 1;
      String body =
          "{\"event_id\":\"id-%d\",\"event_type\":\"t\",\"event_payload\":\"p\"}".formatted(next);
      var item = new SourceItem.Whole(body.getBytes(UTF_8), "counting[" + next + "]");
      return new Polled(List.of(item), Integer.toString(next), BEAT);
    }
  }
}
