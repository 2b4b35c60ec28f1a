package io.messagerelay.consumer.http;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.messagerelay.consumer.http.Checked.Bad;
import io.messagerelay.consumer.http.Checked.Good;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * How many events a second an account may send. A request is let in while anything is left; a batch
 * then takes all it needs, so that its account waits the longer afterwards. Shared by threads; does
 * not block; each process counts for itself.
 */
public final class Budget {
  private final int eventsPerSecond;
  private final TimeMeter time;
  private final Map<String, Bucket> accounts = new ConcurrentHashMap<>();

  private Budget(int eventsPerSecond, TimeMeter time) {
    this.eventsPerSecond = eventsPerSecond;
    this.time = time;
  }

  /**
   * @param nanoTime a clock that only goes forward, in nanoseconds
   */
  public static Budget ofEventsPerSecond(int events, LongSupplier nanoTime) {
    return new Budget(events, new Nanoseconds(nanoTime));
  }

  /** Lets everything in. */
  public static Budget unlimited() {
    return new Budget(0, TimeMeter.SYSTEM_NANOTIME);
  }

  /** Takes one event's worth; what is left of the account is for {@link #charge}. */
  Checked<String> admit(String account) {
    if (eventsPerSecond == 0) {
      return new Good<>(account);
    }
    ConsumptionProbe probe = bucket(account).tryConsumeAndReturnRemaining(1);
    if (probe.isConsumed()) {
      return new Good<>(account);
    }
    String detail = "an account may send " + eventsPerSecond + " events a second";
    return new Bad<>(
        Problem.of(Problem.Kind.RATE_LIMITED, detail)
            .retryAfter(Duration.ofNanos(probe.getNanosToWaitForRefill())));
  }

  /** Takes the worth of a batch, beyond the one event that its admission took. */
  void charge(String account, int events) {
    if (eventsPerSecond > 0 && events > 1) {
      bucket(account).consumeIgnoringRateLimits(events - 1L);
    }
  }

  private Bucket bucket(String account) {
    return accounts.computeIfAbsent(account, _ -> full());
  }

  private Bucket full() {
    return Bucket.builder()
        .addLimit(
            limit ->
                limit
                    .capacity(eventsPerSecond)
                    .refillGreedy(eventsPerSecond, Duration.ofSeconds(1)))
        .withCustomTimePrecision(time)
        .build();
  }

  private record Nanoseconds(LongSupplier source) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return source.getAsLong();
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }
}
