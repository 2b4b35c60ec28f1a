package io.messagerelay.consumer.auth;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that moves when told to. */
final class StoppedClock extends Clock {
  private Instant now;

  StoppedClock(String now) {
    this.now = Instant.parse(now);
  }

  void advance(Duration step) {
    now = now.plus(step);
  }

  /** For a throttle: the same time in nanoseconds. */
  long nanos() {
    return Duration.between(Instant.EPOCH, now).toNanos();
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException();
  }
}
