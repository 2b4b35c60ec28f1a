package io.messagerelay.propagator.delivery;

import io.messagerelay.propagator.loop.RateLimit;
import io.messagerelay.propagator.spool.ManualClock;
import io.messagerelay.propagator.spool.Pacing;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * Lanes that always have something to send, and a consumer with so many workers and a line before
 * them, in virtual time. Only the pace between them is real. A seed decides everything.
 */
final class PaceModel {
  /**
   * A consumer.
   *
   * @param workers how many requests it works on at once
   * @param atOnce how many it takes at once, waiting ones included; more are answered with 503
   */
  record Served(int workers, int atOnce) {}

  private record Happening(Instant when, long number, Runnable what) {}

  private final Random random = new Random(42);
  private final ManualClock clock = new ManualClock();
  private final Instant begin = clock.instant();
  private final Pace pace;
  private final Served served;
  private final Instant[] workerFree;
  private final long[] waits;
  private final int[] failedInARow;
  private final PriorityQueue<Happening> ahead =
      new PriorityQueue<>(
          Comparator.comparing(Happening::when).thenComparingLong(Happening::number));

  final int[] answersOfLane;
  private UnaryOperator<Duration> service = _ -> Duration.ofMillis(10);
  private boolean away;
  private long number;
  private int inFlight;
  private int mostInFlight;
  private int failures;
  private Duration busy = Duration.ZERO;

  PaceModel(int lanes, Served served) {
    this.served = served;
    this.workerFree = new Instant[served.workers];
    Arrays.fill(workerFree, begin);
    this.waits = new long[lanes];
    this.failedInARow = new int[lanes];
    this.answersOfLane = new int[lanes];
    var schedule = new RetrySchedule(clock, random);
    var places = new Places(lanes, this::nanos, lane -> stepAfter(Duration.ZERO, lane));
    this.pace = new Pace(schedule, RateLimit.unbounded(), places, clock);
    for (int lane = 0; lane < lanes; lane++) {
      stepAfter(Duration.ZERO, lane);
    }
  }

  /** As many workers as lanes, and nobody is turned away. */
  static PaceModel wide(int lanes) {
    return new PaceModel(lanes, new Served(lanes, Integer.MAX_VALUE));
  }

  /**
   * How long it works on a request.
   *
   * @param of the time since the beginning
   */
  PaceModel serves(UnaryOperator<Duration> of) {
    service = of;
    return this;
  }

  void away(boolean isAway) {
    away = isAway;
  }

  int allowed() {
    return look().allowed();
  }

  Pacing look() {
    return pace.look();
  }

  Instant now() {
    return clock.instant();
  }

  /** What a while has seen. */
  record Seen(int answers, int failures, int mostInFlight, int leastAllowed, double used) {}

  /** Lets so much time pass. */
  Seen run(Duration time) {
    Instant end = clock.instant().plus(time);
    mostInFlight = inFlight;
    failures = 0;
    busy = Duration.ZERO;
    int before = Arrays.stream(answersOfLane).sum();
    int leastAllowed = allowed();
    while (!ahead.isEmpty() && !ahead.element().when.isAfter(end)) {
      Happening next = ahead.remove();
      advanceTo(next.when);
      next.what.run();
      leastAllowed = Math.min(leastAllowed, allowed());
    }
    advanceTo(end);
    double used = (double) busy.toNanos() / time.toNanos() / waits.length;
    int answers = Arrays.stream(answersOfLane).sum() - before;
    return new Seen(answers, failures, mostInFlight, leastAllowed, used);
  }

  /** The same, second by second. */
  List<Seen> seconds(int count) {
    List<Seen> seen = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      seen.add(run(Duration.ofSeconds(1)));
    }
    return seen;
  }

  private void advanceTo(Instant when) {
    Duration passed = Duration.between(clock.instant(), when);
    busy = busy.plus(passed.multipliedBy(inFlight));
    clock.advance(passed);
  }

  private long nanos() {
    return ChronoUnit.NANOS.between(begin, clock.instant());
  }

  private void after(Duration pause, Runnable what) {
    ahead.add(new Happening(clock.instant().plus(pause), number++, what));
  }

  private void step(int lane) {
    Duration pause = pace.pause(lane);
    if (pause.isZero()) {
      send(lane);
    } else {
      stepAfter(pause, lane);
    }
  }

  /** Unless it has stepped before, as one does who is woken. */
  private void stepAfter(Duration pause, int lane) {
    long wait = waits[lane];
    after(
        pause,
        () -> {
          if (wait == waits[lane]) {
            waits[lane]++;
            step(lane);
          }
        });
  }

  private void send(int lane) {
    waits[lane]++;
    pace.sent(lane);
    boolean taken = !away && inFlight < served.atOnce;
    inFlight++;
    mostInFlight = Math.max(mostInFlight, inFlight);
    if (taken) {
      int worker = firstFree();
      Instant begun = later(workerFree[worker], clock.instant());
      workerFree[worker] = begun.plus(service.apply(Duration.between(begin, begun)));
      after(Duration.between(clock.instant(), workerFree[worker]), () -> answered(lane));
    } else {
      after(Duration.ofMillis(1), () -> failed(lane));
    }
  }

  private void answered(int lane) {
    inFlight--;
    answersOfLane[lane]++;
    failedInARow[lane] = 0;
    if (pace.answered(lane)) {
      send(lane);
    } else {
      step(lane);
    }
  }

  private void failed(int lane) {
    inFlight--;
    failures++;
    Instant again = pace.failed(lane, ++failedInARow[lane], Optional.empty());
    stepAfter(Duration.between(clock.instant(), again), lane);
  }

  private int firstFree() {
    int first = 0;
    for (int worker = 1; worker < workerFree.length; worker++) {
      first = workerFree[worker].isBefore(workerFree[first]) ? worker : first;
    }
    return first;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
