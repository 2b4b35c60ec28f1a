package io.messagerelay.propagator.source;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Beats at an interval that keep the beat of the first one, however late they are taken. */
final class IntervalBeats implements Beats {
  private final long interval;
  private final LongSupplier nanoTime;

  private @Nullable Long next;

  IntervalBeats(Duration interval, LongSupplier nanoTime) {
    this.interval = interval.toNanos();
    this.nanoTime = nanoTime;
  }

  @Override
  public boolean take() {
    long now = nanoTime.getAsLong();
    long beat = next == null ? now : next;
    if (beat - now > 0) {
      return false;
    }
    next = beat + ((now - beat) / interval + 1) * interval;
    return true;
  }

  @Override
  public Duration pause() {
    return next == null ? Duration.ZERO : Duration.ofNanos(next - nanoTime.getAsLong());
  }
}
