package io.messagerelay.propagator.delivery;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.messagerelay.propagator.loop.RateLimit;
import io.messagerelay.propagator.spool.AsideEvent;
import io.messagerelay.propagator.spool.Pacing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When lanes may send, how many of them at once, and how much. A lane needs one of the {@link
 * Places}. While the consumer is away, which the last failure says until somebody is answered, one
 * lane at a time asks after it, after delays that grow, and all others wait for what it hears: a
 * consumer that comes back is met by one request. A clock that is set back delays nothing. Shared
 * by the lanes.
 */
public final class Pace {
  private static final int NOBODY = -1;

  private final RetrySchedule schedule;
  private final RateLimit rate;
  private final Clock clock;

  @GuardedBy("this")
  private final Places places;

  @GuardedBy("this")
  private int failures;

  @GuardedBy("this")
  private Instant failedAt = Instant.MIN;

  @GuardedBy("this")
  private Instant nextAsk = Instant.MIN;

  @GuardedBy("this")
  private int asking = NOBODY;

  @GuardedBy("this")
  private final Blame blame = new Blame();

  /**
   * @param places of this pace alone
   */
  public Pace(RetrySchedule schedule, RateLimit rate, Places places, Clock clock) {
    this.schedule = schedule;
    this.rate = rate;
    this.places = places;
    this.clock = clock;
  }

  /**
   * How long a lane has to wait before it may send, unless it is woken; zero lets it, and then it
   * holds a place in flight until it says what came of it.
   */
  synchronized Duration pause(int lane) {
    Duration untilAsked = failures == 0 ? Duration.ZERO : untilAsked(lane);
    if (untilAsked.isPositive()) {
      places.waitInLine(lane);
      return untilAsked;
    }
    if (!places.take(lane)) {
      return RetrySchedule.LONGEST_SLEEP;
    }
    if (failures > 0) {
      asking = lane;
    }
    return Duration.ZERO;
  }

  @GuardedBy("this")
  private Duration untilAsked(int lane) {
    if (asking != NOBODY && asking != lane) {
      return RetrySchedule.LONGEST_SLEEP;
    }
    boolean setBack = clock.instant().isBefore(failedAt);
    return setBack ? Duration.ZERO : schedule.sleepUntil(Optional.of(nextAsk));
  }

  /** How many of {@code atMost} events may be sent now; what is not sent is given back. */
  int take(int atMost) {
    return rate.take(atMost);
  }

  void giveBack(int events) {
    rate.giveBack(events);
  }

  /** The lane may send, and has nothing to send: its place is another's. */
  synchronized void nothingToSend(int lane) {
    asksNoMore(lane);
    places.leave(lane);
    if (failures == 0) {
      places.handOver();
    }
  }

  /** The lane's request is under way from now on. */
  synchronized void sent(int lane) {
    places.sent(lane);
  }

  /** Whether the last that was heard of the consumer is a failure. */
  synchronized boolean isAway() {
    return failures > 0;
  }

  /** How many requests were answered so far. */
  synchronized long answers() {
    return blame.answers();
  }

  /** Whether an event is to be set aside, as {@link Blame} says; others are tried soon then. */
  synchronized boolean blames(
      int failuresAlone, long answersBefore, Optional<Duration> retryAfter) {
    boolean isToBlame = blame.fallsOnEvent(failuresAlone, answersBefore, retryAfter);
    failures = isToBlame ? 0 : failures;
    return isToBlame;
  }

  /**
   * When an event that was set aside, and has failed again, may be sent again: soon as long as it
   * may not be to blame.
   *
   * @param retryAfter what the consumer asked for
   */
  Instant afterAside(AsideEvent failed, Optional<Duration> retryAfter) {
    return failed.failures() == 0
        ? schedule.after(failed.event().attempts(), retryAfter)
        : schedule.afterAside(failed.failures(), retryAfter);
  }

  /**
   * The consumer said something about a lane's events.
   *
   * @return true when the lane keeps its place: it sends the next at once, or says that it has
   *     {@linkplain #nothingToSend nothing to send}; false when it went to a lane that waits, or
   *     there are fewer places now
   */
  synchronized boolean answered(int lane) {
    failures = 0;
    blame.answered();
    asking = NOBODY;
    return places.answered(lane);
  }

  /**
   * Nothing is known of the lane's events. Its place is free, and fewer may be in flight.
   *
   * @param inARow how often the lane has failed since it was answered; 1 or more
   * @param retryAfter what the consumer asked for
   * @return when they may be sent again
   */
  synchronized Instant failed(int lane, int inARow, Optional<Duration> retryAfter) {
    failures++;
    places.failed(lane);
    askAt(schedule.after(failures, retryAfter), lane);
    return schedule.after(inARow, retryAfter);
  }

  /**
   * Part of what has failed before has failed alone: that says more of the events than of the
   * consumer, and the next part need not wait long. The lane's place is free.
   *
   * @return when it may be sent
   */
  synchronized Instant narrowed(int lane, Optional<Duration> retryAfter) {
    failures = Math.max(1, failures);
    places.leave(lane);
    askAt(schedule.after(1, retryAfter), lane);
    return nextAsk;
  }

  /**
   * The consumer will take nothing until a person changes a setting. The lane's place is free.
   *
   * @return when to see whether somebody has
   */
  synchronized Instant held(int lane) {
    failures++;
    places.leave(lane);
    askAt(schedule.whenHeld(), lane);
    return nextAsk;
  }

  @GuardedBy("this")
  private void askAt(Instant when, int lane) {
    nextAsk = when;
    failedAt = clock.instant();
    asksNoMore(lane);
  }

  @GuardedBy("this")
  private void asksNoMore(int lane) {
    if (asking == lane) {
      asking = NOBODY;
    }
  }

  /** How long a lane may sleep whose oldest event is due then, if it has one. */
  Duration sleepUntil(Optional<Instant> due) {
    Duration untilDue = schedule.sleepUntil(due);
    return untilDue.isPositive() ? untilDue : rate.pause();
  }

  /** How it is now; the requests in flight are the most since this was asked last. */
  public synchronized Pacing look() {
    return new Pacing(
        places.mostUnderWay(),
        places.allowed(),
        places.most(),
        rate.perSecond(),
        failures == 0 ? Optional.empty() : Optional.of(nextAsk));
  }
}
