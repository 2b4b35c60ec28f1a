package io.messagerelay.consumer.limit;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * How much each key may spend a second. What it does not spend it keeps for one second at most.
 *
 * <p>Keeps the {@value #KEPT} keys, more or less, that asked last; who is forgotten starts afresh.
 * Shared by threads; keys are spread over {@value #SHARDS} maps, so that they seldom wait for one
 * another.
 */
public final class RateLimit<K> {
  static final int KEPT = 16_384;
  private static final int SHARDS = 64;

  private final int perSecond;
  private final TimeMeter time;
  private final List<RecentlyUsed<K, Bucket>> shards;

  /**
   * @param nanoTime a clock that only goes forward, in nanoseconds
   */
  public RateLimit(int perSecond, LongSupplier nanoTime) {
    this.perSecond = perSecond;
    this.time = new NanoTime(nanoTime);
    this.shards =
        Stream.generate(() -> new RecentlyUsed<K, Bucket>(KEPT / SHARDS)).limit(SHARDS).toList();
  }

  /**
   * How a key stands.
   *
   * @param granted whether it got what it asked for
   * @param left what it may spend now; never negative
   * @param delay until it may spend again; zero while anything is left
   */
  public record Standing(boolean granted, long left, Duration delay) {}

  /** Takes one, if there is one. */
  public Standing take(K key) {
    Bucket bucket = bucket(key);
    return standing(bucket, bucket.tryConsume(1));
  }

  /** Takes that much, whether it is there or not: the key waits the longer afterwards. */
  public void charge(K key, long amount) {
    bucket(key).consumeIgnoringRateLimits(amount);
  }

  /** Takes nothing. */
  public Standing look(K key) {
    return standing(bucket(key), true);
  }

  private static Standing standing(Bucket bucket, boolean granted) {
    var estimate = bucket.estimateAbilityToConsume(1);
    return new Standing(
        granted,
        Math.max(0, estimate.getRemainingTokens()),
        Duration.ofNanos(estimate.getNanosToWaitForRefill()));
  }

  public int perSecond() {
    return perSecond;
  }

  private Bucket bucket(K key) {
    int hash = key.hashCode() * 0x9E3779B9;
    return shards.get((hash >>> 16) % SHARDS).findOrAdd(key, this::full);
  }

  private Bucket full() {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(perSecond).refillGreedy(perSecond, Duration.ofSeconds(1)))
        .withCustomTimePrecision(time)
        .build();
  }

  int keys() {
    return shards.stream().mapToInt(RecentlyUsed::size).sum();
  }
}
