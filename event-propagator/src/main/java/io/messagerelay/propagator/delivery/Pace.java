package io.messagerelay.propagator.delivery;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.messagerelay.propagator.loop.RateLimit;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When lanes may send, and how much. While the consumer is away, which the last failure says until
 * somebody is answered, one lane at a time asks after it, after delays that grow, and all others
 * wait for what it hears: a consumer that comes back is met by one request. A clock that is set
 * back delays nothing. Shared by the lanes.
 */
public final class Pace {
  private static final int NOBODY = -1;

  private final RetrySchedule schedule;
  private final RateLimit rate;
  private final Clock clock;

  @GuardedBy("this")
  private int failures;

  @GuardedBy("this")
  private Instant failedAt = Instant.MIN;

  @GuardedBy("this")
  private Instant nextAsk = Instant.MIN;

  @GuardedBy("this")
  private int asking = NOBODY;

  public Pace(RetrySchedule schedule, RateLimit rate, Clock clock) {
    this.schedule = schedule;
    this.rate = rate;
    this.clock = clock;
  }

  /**
   * How long a lane has to wait before it may send; zero lets it, and then it says what came of it.
   */
  synchronized Duration pause(int lane) {
    if (failures == 0) {
      return Duration.ZERO;
    }
    if (asking != NOBODY && asking != lane) {
      return RetrySchedule.LONGEST_SLEEP;
    }
    boolean setBack = clock.instant().isBefore(failedAt);
    Duration pause = setBack ? Duration.ZERO : schedule.sleepUntil(Optional.of(nextAsk));
    if (pause.isZero()) {
      asking = lane;
    }
    return pause;
  }

  /** How many of {@code atMost} events may be sent now; what is not sent is given back. */
  int take(int atMost) {
    return rate.take(atMost);
  }

  void giveBack(int events) {
    rate.giveBack(events);
  }

  /** The lane may send, and has nothing to send. */
  synchronized void nothingToSend(int lane) {
    if (asking == lane) {
      asking = NOBODY;
    }
  }

  /** The consumer said something about a lane's events. */
  synchronized void answered() {
    failures = 0;
    asking = NOBODY;
  }

  /**
   * Nothing is known of the lane's events.
   *
   * @param inARow how often the lane has failed since it was answered; 1 or more
   * @param retryAfter what the consumer asked for
   * @return when they may be sent again
   */
  synchronized Instant failed(int lane, int inARow, Optional<Duration> retryAfter) {
    failures++;
    askAt(schedule.after(failures, retryAfter), lane);
    return schedule.after(inARow, retryAfter);
  }

  /**
   * The consumer will take nothing until a person changes a setting.
   *
   * @return when to see whether somebody has
   */
  synchronized Instant held(int lane) {
    failures++;
    askAt(schedule.whenHeld(), lane);
    return nextAsk;
  }

  @GuardedBy("this")
  private void askAt(Instant when, int lane) {
    nextAsk = when;
    failedAt = clock.instant();
    nothingToSend(lane);
  }

  /** How long a lane may sleep whose oldest event is due then, if it has one. */
  Duration sleepUntil(Optional<Instant> due) {
    Duration untilDue = schedule.sleepUntil(due);
    return untilDue.isPositive() ? untilDue : rate.pause();
  }
}
