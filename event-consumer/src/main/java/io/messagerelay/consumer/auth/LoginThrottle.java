package io.messagerelay.consumer.auth;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.messagerelay.consumer.limit.NanoTime;
import io.messagerelay.consumer.limit.Network;
import io.messagerelay.consumer.limit.RecentlyUsed;
import io.messagerelay.contract.Sha256;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds the guessing of passwords: failed logins an address may make, for one account and in all.
 * Nobody else is slowed down, so an account cannot be locked from outside. An IPv6 client counts by
 * its /64, which is what one client has.
 *
 * <p>Keeps the {@value #KEPT} addresses and accounts that failed last; who is forgotten starts
 * afresh. Shared by threads; each process counts for itself.
 */
public final class LoginThrottle {
  private static final Logger LOG = LoggerFactory.getLogger(LoginThrottle.class);
  static final int KEPT = 10_000;
  private static final int ADDRESS_FACTOR = 6;

  private final int failuresPerMinute;
  private final TimeMeter time;
  private final RecentlyUsed<String, Bucket> buckets = new RecentlyUsed<>(KEPT);

  /**
   * @param failuresPerMinute for one address and account; an address may fail six times as often in
   *     all
   * @param ticker nanoseconds that never go back
   */
  public LoginThrottle(int failuresPerMinute, LongSupplier ticker) {
    this.failuresPerMinute = failuresPerMinute;
    this.time = new NanoTime(ticker);
  }

  /** How long until this address may try this account again; empty when it may now. */
  Optional<Duration> delay(String address, String account) {
    String network = networkOf(address);
    long nanos = Math.max(nanosToWait(network), nanosToWait(keyOf(network, account)));
    return nanos > 0 ? Optional.of(Duration.ofNanos(nanos)) : Optional.empty();
  }

  /** Counts one failure; says once a minute that an address has spent its budget. */
  void failed(String address, String account) {
    String network = networkOf(address);
    boolean spent = take(network, failuresPerMinute * ADDRESS_FACTOR) == 0;
    spent |= take(keyOf(network, account), failuresPerMinute) == 0;
    if (spent && bucket(keyOf("warned", network), 1).tryConsume(1)) {
      LOG.warn("too many failed logins from {}; it is answered 429 for a while", address);
    }
  }

  private long nanosToWait(String key) {
    return buckets
        .find(key)
        .map(bucket -> bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill())
        .orElse(0L);
  }

  private long take(String key, int perMinute) {
    return bucket(key, perMinute).tryConsumeAndReturnRemaining(1).getRemainingTokens();
  }

  private Bucket bucket(String key, int perMinute) {
    return buckets.findOrAdd(key, () -> full(perMinute));
  }

  private Bucket full(int perMinute) {
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1)))
        .withCustomTimePrecision(time)
        .build();
  }

  /** Of one length, however long a name a client invents. */
  private static String keyOf(String network, String account) {
    return Sha256.keyOf(network + "\n" + account);
  }

  private static String networkOf(String address) {
    return Network.parse(address).map(Network::toString).orElse(address);
  }
}
