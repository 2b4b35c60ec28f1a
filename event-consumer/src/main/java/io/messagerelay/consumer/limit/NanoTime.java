package io.messagerelay.consumer.limit;

import io.github.bucket4j.TimeMeter;
import java.util.function.LongSupplier;

/**
 * Buckets' time by a clock that only goes forward.
 *
 * @param source in nanoseconds
 */
public record NanoTime(LongSupplier source) implements TimeMeter {
  @Override
  public long currentTimeNanos() {
    return source.getAsLong();
  }

  @Override
  public boolean isWallClockBased() {
    return false;
  }
}
