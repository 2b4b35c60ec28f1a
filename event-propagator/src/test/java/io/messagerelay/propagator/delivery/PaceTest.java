package io.messagerelay.propagator.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.propagator.loop.RateLimit;
import io.messagerelay.propagator.spool.FakeSpool;
import io.messagerelay.propagator.spool.Lanes;
import io.messagerelay.propagator.spool.ManualClock;
import io.messagerelay.propagator.spool.NewEntry;
import io.messagerelay.propagator.spool.RecordedNote;
import io.messagerelay.propagator.spool.Spool;
import io.messagerelay.propagator.spool.SpooledEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the lanes of a relay share a consumer, on a clock that the test drives. */
class PaceTest {
  private static final Lanes LANES = new Lanes(4);

  private final ManualClock clock = new ManualClock();
  private final FakeConsumer consumer = new FakeConsumer();
  private final List<Instant> requests = new ArrayList<>();
  private final Turns turns = new Turns(clock, () -> {});
  private RecordedLog log;
  private long seed;

  @BeforeEach
  void listen() {
    log = new RecordedLog(DeliveryLog.class.getName());
  }

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void one_lane_at_a_time_asks_after_a_consumer_that_is_away_and_all_go_on_when_it_is_back()
      throws Exception {
    List<Relay> relay = relay(consumer, 1, 4);
    consumer.away();

    advance(relay, Duration.ofHours(1));
    assertThat(requests).as("one in 15 s, and the first ones").hasSizeBetween(180, 320);

    consumer.back();
    advance(relay, Duration.ofSeconds(32));
    assertThat(consumer.stored()).hasSize(4);
  }

  @Test
  void twenty_relays_do_not_storm_a_consumer_that_comes_back() throws Exception {
    List<Relay> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      all.addAll(relay(consumer, i, 40));
    }
    consumer.away();
    advance(all, Duration.ofMinutes(10));
    assertThat(requests).as("one of a relay in 15 s").hasSizeLessThan(20 * 60);
    requests.clear();
    consumer.back();

    advance(all, Duration.ofSeconds(32));

    assertThat(consumer.stored()).hasSize(20 * 40);
    assertThat(busiestSecond()).as("requests, of 80 lanes").isLessThan(25);
  }

  @Test
  void lane_whose_events_fail_waits_longer_each_time_also_when_others_pass() throws Exception {
    EventSender failingForOne =
        batch -> {
          boolean poisoned = batch.getFirst().eventId().equals("id-1-0");
          return poisoned ? new FakeConsumer().away().send(batch) : consumer.send(batch);
        };
    Spool spool = new FakeSpool(LANES, Long.MAX_VALUE, clock);
    List<Relay> relay = relay(spool, failingForOne, RateLimit.unbounded());
    take(spool, 1, 0, 1);
    int poisonous = 0;

    for (int second = 1; second <= 600; second++) {
      take(spool, 1, 4 * second + 1, 1);
      requests.clear();
      advance(relay, Duration.ofSeconds(1));
      assertThat(consumer.stored()).as("of the other lanes").hasSize(second);
      poisonous += requests.size() - 1;
    }

    assertThat(poisonous).isBetween(30, 80);
  }

  @Test
  void no_more_is_sent_than_the_rate_limit_allows() throws Exception {
    Spool spool = new FakeSpool(LANES, Long.MAX_VALUE, clock);
    List<Relay> relay = relay(spool, consumer, limit(100));
    take(spool, 1, 0, 500);

    advance(relay, Duration.ofSeconds(2));
    assertThat(consumer.stored()).hasSizeBetween(200, 220);

    advance(relay, Duration.ofSeconds(3));
    assertThat(consumer.stored()).hasSize(500);
  }

  @Test
  void what_was_claimed_in_vain_does_not_count_against_the_rate_limit() throws Exception {
    Spool spool = new FakeSpool(LANES, Long.MAX_VALUE, clock);
    RateLimit limit = limit(2_000);
    Relay lane = relay(spool, consumer.away(), limit).getFirst();
    take(spool, 1, 0, 800);

    lane.run();

    assertThat(limit.take(100)).as("of 200 at first, of which one request took 100").isEqualTo(100);
  }

  @Test
  void who_has_nothing_to_send_leaves_its_place_to_the_next_in_line() {
    var lanes = new ArrayList<Integer>();
    var schedule = new RetrySchedule(clock, new Random(1));
    var pace = new Pace(schedule, RateLimit.unbounded(), new Places(1, () -> 0, lanes::add), clock);
    assertThat(pace.pause(0)).isZero();
    assertThat(pace.pause(1)).isPositive();

    pace.nothingToSend(0);

    assertThat(lanes).containsExactly(1);
    assertThat(pace.pause(0)).isPositive();
    assertThat(pace.pause(1)).isZero();
  }

  private RateLimit limit(int perSecond) {
    return RateLimit.of(perSecond, this::nanos);
  }

  /** The lanes of one, with so many events that wait, in turns over the lanes. */
  private List<Relay> relay(EventSender sender, int number, int events) {
    Spool spool = new FakeSpool(LANES, Long.MAX_VALUE, clock);
    take(spool, number, 0, events);
    return relay(spool, sender, RateLimit.unbounded());
  }

  private List<Relay> relay(Spool spool, EventSender sender, RateLimit limit) {
    var schedule = new RetrySchedule(clock, new Random(++seed));
    List<Relay> lanes = new ArrayList<>();
    var places = new Places(LANES.count(), this::nanos, lane -> turns.wake(lanes.get(lane)));
    var pace = new Pace(schedule, limit, places, clock);
    var lines = new DeliveryLog(() -> 0, new RecordedNote());
    for (int lane = 0; lane < LANES.count(); lane++) {
      lanes.add(new Relay(spool, counting(sender), pace, lines, new Lane(lane, 100)));
    }
    return lanes;
  }

  private long nanos() {
    return clock.instant().toEpochMilli() * 1_000_000;
  }

  private EventSender counting(EventSender sender) {
    return (List<SpooledEvent> batch) -> {
      requests.add(clock.instant());
      return sender.send(batch);
    };
  }

  private static void take(Spool spool, int number, int first, int count) {
    List<NewEntry> entries =
        IntStream.range(first, first + count)
            .<NewEntry>mapToObj(
                i ->
                    new NewEntry.Deliverable(
                        "id-%d-%d".formatted(number, i),
                        keyOf(i % LANES.count()),
                        "file:" + i,
                        "{}".getBytes(UTF_8)))
            .toList();
    spool.take("file", entries, null);
  }

  private static String keyOf(int lane) {
    return IntStream.iterate(0, i -> i + 1)
        .mapToObj(i -> "key " + i)
        .filter(key -> LANES.of(key, "file") == lane)
        .findFirst()
        .orElseThrow();
  }

  private long busiestSecond() {
    return requests.stream()
        .mapToLong(
            begin ->
                requests.stream()
                    .filter(it -> !it.isBefore(begin) && it.isBefore(begin.plusSeconds(1)))
                    .count())
        .max()
        .orElse(0);
  }

  private void advance(List<Relay> lanes, Duration time) throws InterruptedException {
    turns.advance(lanes, time);
  }
}
