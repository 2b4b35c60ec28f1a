package io.messagerelay.propagator.source;

import com.cronutils.model.time.ExecutionTime;
import java.time.Clock;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Optional;

/** Beats at the times of a cron expression. A clock that is set looks ahead from its new time. */
final class CronBeats implements Beats {
  /** So that a clock that is set, or a machine that slept, is noticed. */
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final ExecutionTime times;
  private final Clock clock;

  private Optional<ZonedDateTime> next;

  CronBeats(ExecutionTime times, Clock clock) {
    this.times = times;
    this.clock = clock;
    this.next = times.nextExecution(now());
  }

  @Override
  public boolean take() {
    ZonedDateTime now = now();
    boolean due = next.filter(beat -> !beat.isAfter(now)).isPresent();
    next = times.nextExecution(now);
    return due;
  }

  @Override
  public Duration pause() {
    Duration wait = next.map(beat -> Duration.between(now(), beat)).orElse(LONGEST);
    return wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
  }

  private ZonedDateTime now() {
    return clock.instant().atZone(clock.getZone());
  }
}
