package io.messagerelay.propagator.delivery;

import static io.messagerelay.propagator.delivery.Events.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.propagator.loop.RateLimit;
import io.messagerelay.propagator.spool.Books;
import io.messagerelay.propagator.spool.FakeSpool;
import io.messagerelay.propagator.spool.Lanes;
import io.messagerelay.propagator.spool.ManualClock;
import io.messagerelay.propagator.spool.NewEntry;
import io.messagerelay.propagator.spool.RecordedNote;
import io.messagerelay.propagator.spool.Spool;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** A relay of one lane, a consumer in memory, and a clock that the test drives. */
@Timeout(60)
abstract class OneLane {
  static final Duration HOUR = Duration.ofHours(1);
  static final Duration MINUTE = Duration.ofMinutes(1);

  final RecordedLog alarms = new RecordedLog(DeliveryLog.class.getName());
  final RecordedLog lines = new RecordedLog("io.messagerelay.events");
  final ManualClock clock = new ManualClock();
  final Spool spool = new FakeSpool(clock);
  final FakeConsumer consumer = new FakeConsumer();
  final Turns turns =
      new Turns(
          clock, () -> assertThat(spool.books().balanced()).as("books: " + spool.books()).isTrue());
  final Relay relay = relay(spool, consumer, new Lane(0, 100));

  @AfterEach
  void close() {
    alarms.close();
    lines.close();
  }

  /** Runs the relay for so long, jumping from step to step. */
  final void advance(Duration time) throws InterruptedException {
    turns.advance(List.of(relay), time);
  }

  Relay relay(Spool from, EventSender sender, Lane lane) {
    RetrySchedule schedule = new RetrySchedule(clock, new Random(42));
    return new Relay(
        from,
        sender,
        new Pace(schedule, RateLimit.unbounded(), new Places(1, () -> 0, _ -> {}), clock),
        new DeliveryLog(() -> 0, new RecordedNote()),
        lane);
  }

  void take(int first, int last) {
    spool.take(
        "file", IntStream.rangeClosed(first, last).mapToObj(i -> entry(i, null)).toList(), null);
  }

  static NewEntry entry(int number, @Nullable String key) {
    return new NewEntry.Deliverable(
        "id-" + number, key, "data.json[" + number + "]", event(number).body());
  }

  static String keyOf(Lanes lanes, int lane) {
    return IntStream.range(0, 100)
        .mapToObj(i -> "key-" + i)
        .filter(key -> lanes.of(key, "file") == lane)
        .findFirst()
        .orElseThrow();
  }

  static List<String> ids(int first, int last) {
    return IntStream.rangeClosed(first, last).mapToObj(i -> "id-" + i).toList();
  }

  static Books delivered(int count) {
    return new Books(count, count, 0, 0, 0, 0, 0);
  }
}
