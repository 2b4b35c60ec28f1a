package io.messagerelay.propagator.source.file;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** How many items may be given per second. For one thread. */
final class Pace {
  /** So many times a second at most, so that a take into the spool is worth its flush. */
  private static final int TAKES_PER_SECOND = 10;

  private final @Nullable Bucket bucket;
  private final long worthTaking;

  private Pace(@Nullable Bucket bucket, long worthTaking) {
    this.bucket = bucket;
    this.worthTaking = worthTaking;
  }

  static Pace unbounded() {
    return new Pace(null, 1);
  }

  /**
   * @param nanoTime monotonic nanoseconds
   */
  static Pace of(int perSecond, LongSupplier nanoTime) {
    long atOnce = Math.max(1, perSecond / TAKES_PER_SECOND);
    Bucket bucket =
        Bucket.builder()
            .addLimit(
                limit ->
                    limit
                        .capacity(2 * atOnce)
                        .refillGreedy(perSecond, Duration.ofSeconds(1))
                        .initialTokens(atOnce))
            .withCustomTimePrecision(new Ticker(nanoTime, nanoTime.getAsLong()))
            .build();
    return new Pace(bucket, atOnce);
  }

  /** From zero on, because the bucket compares readings, which may overflow. */
  private record Ticker(LongSupplier nanoTime, long origin) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return nanoTime.getAsLong() - origin;
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }

  /** How many of {@code atMost} may be given now; 0 for none yet. */
  int take(int atMost) {
    if (bucket == null) {
      return atMost;
    }
    if (bucket.getAvailableTokens() < Math.min(worthTaking, atMost)) {
      return 0;
    }
    return (int) bucket.tryConsumeAsMuchAsPossible(atMost);
  }

  /** Takes back what was not given. */
  void giveBack(int items) {
    if (bucket != null && items > 0) {
      bucket.addTokens(items);
    }
  }

  /** How long to wait before the next {@link #take} gives some. */
  Duration pause() {
    return bucket == null
        ? Duration.ZERO
        : Duration.ofNanos(bucket.estimateAbilityToConsume(worthTaking).getNanosToWaitForRefill());
  }
}
