package io.messagerelay.propagator.delivery;

import static io.messagerelay.propagator.delivery.Events.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.messagerelay.propagator.loop.RateLimit;
import io.messagerelay.propagator.loop.Step;
import io.messagerelay.propagator.spool.FakeSpool;
import io.messagerelay.propagator.spool.Lanes;
import io.messagerelay.propagator.spool.ManualClock;
import io.messagerelay.propagator.spool.NewEntry;
import io.messagerelay.propagator.spool.RecordedNote;
import io.messagerelay.propagator.spool.Settlement;
import io.messagerelay.propagator.spool.Spool;
import io.messagerelay.propagator.spool.SpooledEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A relay of two lanes, and what it has set aside. */
class AsideRelayTest {
  private static final Lanes LANES = new Lanes(2);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);

  private final ManualClock clock = new ManualClock();
  private final Spool spool = new FakeSpool(LANES, Long.MAX_VALUE, clock);
  private final FakeConsumer consumer = new FakeConsumer();
  private final List<Instant> requests = new ArrayList<>();
  private final Turns turns =
      new Turns(
          clock, () -> assertThat(spool.books().balanced()).as("books: " + spool.books()).isTrue());
  private RateLimit rate = RateLimit.unbounded();
  private int places = LANES.count() + 1;
  private Optional<Duration> giveUpAfter = Optional.empty();
  private RecordedLog alarms;
  private @Nullable List<Step> steps;
  private int taken;

  @BeforeEach
  void listen() {
    alarms = new RecordedLog(DeliveryLog.class.getName());
  }

  @AfterEach
  void close() {
    alarms.close();
  }

  @Test
  void event_that_was_set_aside_passes_when_the_consumer_is_mended() throws Exception {
    setOneAside("key");

    consumer.mends("id-1");
    advance(MINUTE);

    assertThat(consumer.stored()).contains("id-1");
    assertThat(spool.books().pending()).isZero();
  }

  @Test
  void those_of_its_key_follow_in_their_order() throws Exception {
    setOneAside("key");
    for (int i = 0; i < 30; i++) {
      take("key");
      take("other");
    }
    advance(MINUTE);
    assertThat(consumer.stored()).as("of the other key, and the first one").hasSize(31);

    consumer.mends("id-1");
    advance(Duration.ofMinutes(6));

    assertThat(consumer.stored()).hasSize(62);
    assertThat(consumer.stored().stream().filter(id -> number(id) % 2 == 1))
        .isSortedAccordingTo(Comparator.comparingInt(AsideRelayTest::number));
  }

  @Test
  void it_is_tried_ever_less_often_while_others_pass() throws Exception {
    setOneAside(null);

    int tries = 0;
    for (int minute = 0; minute < 60; minute++) {
      requests.clear();
      take(null);
      advance(MINUTE);
      tries += requests.size() - 1;
    }

    assertThat(tries).as("every five minutes, and the first ones").isBetween(12, 30);
  }

  @Test
  void it_does_not_hold_up_an_event_that_comes_later() throws Exception {
    consumer.failsOn("id-1");
    take(null);
    advance(HOUR);
    assertThat(spool.aside().due()).isPresent();

    take(null);
    advance(Duration.ofSeconds(1));

    assertThat(consumer.stored()).containsExactly("id-2");
  }

  @Test
  void it_is_given_up_when_that_is_set_and_what_waited_for_it_goes_on() throws Exception {
    giveUpAfter = Optional.of(Duration.ofMinutes(10));
    setOneAside("key");
    take("key");

    for (int minute = 0; minute < 9; minute++) {
      take("other");
      advance(MINUTE);
    }
    assertThat(spool.books().dead()).isZero();
    for (int minute = 0; minute < 6; minute++) {
      take("other");
      advance(MINUTE);
    }

    assertThat(spool.deadLetters(0, 10))
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.eventId()).isEqualTo("id-1");
              assertThat(letter.status()).isZero();
              assertThat(letter.reasons())
                  .containsExactly(
                      "given up (GIVE_UP_AFTER) after %d attempts".formatted(letter.attempts()),
                      "answered 500");
            });
    assertThat(spool.books().pending()).isZero();
    assertThat(consumer.stored()).contains("id-3");
  }

  @Test
  void it_is_not_given_up_while_nothing_else_passes() throws Exception {
    giveUpAfter = Optional.of(Duration.ofMinutes(10));
    consumer.answers(new Delivery.Deferred("500", Optional.empty()));
    take(null);
    take(null);

    advance(HOUR);
    assertThat(spool.aside().due()).isPresent();
    assertThat(spool.books().dead()).isZero();

    consumer.back();
    advance(MINUTE);
    assertThat(consumer.stored()).hasSize(2);
  }

  @Test
  void consumer_that_is_away_is_no_failure_of_it() throws Exception {
    giveUpAfter = Optional.of(Duration.ofMinutes(10));
    setOneAside(null);
    consumer.mends("id-1").away();

    advance(HOUR);
    assertThat(spool.books().dead()).isZero();

    consumer.back();
    advance(MINUTE);
    assertThat(consumer.stored()).contains("id-1");
  }

  @Test
  void wrong_setting_holds_it_as_it_holds_a_lane() throws Exception {
    setOneAside(null);
    consumer.mends("id-1").answers(new Delivery.Held("403"));
    advance(MINUTE);
    requests.clear();

    advance(Duration.ofMinutes(10));

    assertThat(requests).hasSizeBetween(19, 21);
    consumer.back();
    advance(MINUTE);
    assertThat(consumer.stored()).contains("id-1");
  }

  @Test
  void event_that_is_refused_in_the_end_is_a_dead_letter() throws Exception {
    setOneAside("key");
    take("key");
    consumer.mends("id-1").refuses("id-1");

    advance(MINUTE);

    assertThat(spool.deadLetters(0, 10))
        .singleElement()
        .satisfies(letter -> assertThat(letter.status()).isEqualTo(400));
    assertThat(consumer.stored()).contains("id-3");
  }

  @Test
  void no_more_of_them_are_sent_than_the_rate_limit_allows() throws Exception {
    rate = RateLimit.of(1, () -> clock.instant().toEpochMilli() * 1_000_000);
    for (int i = 0; i < 60; i++) {
      take(null);
      SpooledEvent event = spool.claim(LANES.of(null, "file"), 0, 1, 1).getFirst();
      spool.aside().put(event, "answered 500", clock.instant());
    }

    advance(Duration.ofSeconds(30));
    assertThat(consumer.stored()).hasSizeBetween(30, 32);

    advance(MINUTE);
    assertThat(consumer.stored()).hasSize(60);
  }

  @Test
  void a_place_that_it_waited_for_is_given_back_when_nothing_is_aside_any_more() throws Exception {
    places = 1;
    setOneAside("key");
    consumer.away();
    for (int i = 0; i < 40; i++) {
      take("key " + i);
    }
    advance(MINUTE);
    buryWhatIsAside();
    consumer.back();

    advance(MINUTE);

    assertThat(spool.books().pending()).isZero();
  }

  private void buryWhatIsAside() {
    clock.advance(HOUR);
    SpooledEvent event = spool.aside().claim().orElseThrow().event();
    spool.settle(List.of(new Settlement.Dead(event, 0, List.of("buried by hand"))));
  }

  @Test
  void event_that_comes_while_another_is_being_found_waits_for_moments() throws Exception {
    consumer.failsOn("id-1");
    take(null);
    advance(Duration.ofMillis(100));
    assertThat(spool.aside().due()).as("not found yet").isEmpty();

    take(keyOfTheOtherLane());
    advance(Duration.ofSeconds(2));

    assertThat(consumer.stored()).containsExactly("id-2");
  }

  private static String keyOfTheOtherLane() {
    return IntStream.iterate(0, i -> i + 1)
        .mapToObj(i -> "key " + i)
        .filter(key -> LANES.of(key, "file") != LANES.of(null, "file"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void nothing_is_sent_while_nothing_is_aside() throws Exception {
    Step aside = steps().getLast();

    assertThat(aside.run()).isEqualTo(Duration.ofSeconds(1));
    assertThat(requests).isEmpty();
  }

  @Test
  void sender_that_calls_one_event_too_big_is_a_fault_of_ours() throws Exception {
    setOneAside(null);
    consumer.mends("id-1").answers(new Delivery.TooBig("413"));

    assertThatThrownBy(() -> advance(MINUTE)).isInstanceOf(IllegalStateException.class);
  }

  /** The first of two events, while the other passes. */
  private void setOneAside(@Nullable String key) throws InterruptedException {
    consumer.failsOn("id-1");
    take(key);
    take(null);
    advance(Duration.ofSeconds(20));
    assertThat(spool.aside().due()).isPresent();
    assertThat(consumer.stored()).containsExactly("id-2");
  }

  private void take(@Nullable String key) {
    int number = ++taken;
    NewEntry entry =
        new NewEntry.Deliverable(
            "id-" + number, key, "data.json[" + number + "]", event(number).body());
    spool.take("file", List.of(entry), null);
  }

  private static int number(String id) {
    return Integer.parseInt(id.substring(3));
  }

  private List<Step> steps() {
    if (steps == null) {
      var all = new ArrayList<Step>();
      var pace =
          new Pace(
              new RetrySchedule(clock, new Random(42)),
              rate,
              new Places(places, () -> 0, number -> turns.wake(all.get(number))),
              clock);
      var log = new DeliveryLog(() -> 0, new RecordedNote());
      EventSender sender =
          batch -> {
            requests.add(clock.instant());
            return consumer.send(batch);
          };
      IntStream.range(0, LANES.count())
          .forEach(lane -> all.add(new Relay(spool, sender, pace, log, new Lane(lane, 10))));
      var giveUp = new GiveUp(giveUpAfter, clock);
      all.add(new AsideRelay(spool, sender, pace, log, giveUp, LANES.count()));
      steps = all;
    }
    return steps;
  }

  private void advance(Duration time) throws InterruptedException {
    turns.advance(steps(), time);
  }
}
