package io.messagerelay.propagator.loop;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** How many events may pass in a second. Shared by threads. */
public final class RateLimit {
  /** So many times a second at most, so that what passes together is worth a flush or a request. */
  private static final int TAKES_PER_SECOND = 10;

  private final @Nullable Bucket bucket;
  private final OptionalInt perSecond;
  private final long worthTaking;

  private RateLimit(@Nullable Bucket bucket, OptionalInt perSecond, long worthTaking) {
    this.bucket = bucket;
    this.perSecond = perSecond;
    this.worthTaking = worthTaking;
  }

  /** None. */
  public static RateLimit unbounded() {
    return new RateLimit(null, OptionalInt.empty(), 1);
  }

  /**
   * Steady: after a pause no more than a fifth of a second's events pass at once.
   *
   * @param perSecond 1 or more
   * @param nanoTime monotonic nanoseconds
   */
  public static RateLimit of(int perSecond, LongSupplier nanoTime) {
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
    return new RateLimit(bucket, OptionalInt.of(perSecond), atOnce);
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

  /** Empty for none. */
  public OptionalInt perSecond() {
    return perSecond;
  }

  /** How many of {@code atMost} may pass now; 0 for none yet. */
  public int take(int atMost) {
    if (bucket == null || atMost == 0) {
      return atMost;
    }
    if (bucket.getAvailableTokens() < Math.min(worthTaking, atMost)) {
      return 0;
    }
    return (int) bucket.tryConsumeAsMuchAsPossible(atMost);
  }

  /** Takes back what did not pass. */
  public void giveBack(int events) {
    if (bucket != null && events > 0) {
      bucket.addTokens(events);
    }
  }

  /** How long to wait before the next {@link #take} gives some. */
  public Duration pause() {
    return bucket == null
        ? Duration.ZERO
        : Duration.ofNanos(bucket.estimateAbilityToConsume(worthTaking).getNanosToWaitForRefill());
  }
}
