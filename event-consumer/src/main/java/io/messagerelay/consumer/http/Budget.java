package io.messagerelay.consumer.http;

import io.messagerelay.consumer.http.Checked.Bad;
import io.messagerelay.consumer.http.Checked.Good;
import io.messagerelay.consumer.http.connection.LimitTally;
import io.messagerelay.consumer.http.connection.LimitTally.Limit;
import io.messagerelay.consumer.limit.RateLimit;
import io.vertx.core.MultiMap;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How many events a second an account may send. A request is let in while anything is left; a batch
 * then takes all it needs, so that its account waits the longer afterwards. Shared by threads; does
 * not block; each process counts for itself.
 */
public final class Budget {
  static final String POLICY = "events";

  private final Optional<RateLimit<String>> limit;
  private final Runnable refusal;

  private Budget(Optional<RateLimit<String>> limit, Runnable refusal) {
    this.limit = limit;
    this.refusal = refusal;
  }

  /**
   * @param nanoTime a clock that only goes forward, in nanoseconds
   */
  public static Budget ofEventsPerSecond(int events, LongSupplier nanoTime, LimitTally tally) {
    return new Budget(
        Optional.of(new RateLimit<>(events, nanoTime)), () -> tally.count(Limit.ACCOUNT_RATE));
  }

  /** Lets everything in. */
  public static Budget unlimited() {
    return new Budget(Optional.empty(), () -> {});
  }

  /** Takes one event's worth; what is left of the account is for {@link #charge}. */
  Checked<String> admit(String account) {
    return limit.map(rate -> admit(rate, account)).orElseGet(() -> new Good<>(account));
  }

  private Checked<String> admit(RateLimit<String> rate, String account) {
    RateLimit.Standing standing = rate.take(account);
    if (standing.granted()) {
      return new Good<>(account);
    }
    refusal.run();
    String detail = "an account may send " + rate.perSecond() + " events a second";
    return new Bad<>(Problem.of(Problem.Kind.RATE_LIMITED, detail).retryAfter(standing.delay()));
  }

  /** Takes the worth of a batch, beyond the one event that its admission took. */
  void charge(String account, int events) {
    if (events > 1) {
      limit.ifPresent(rate -> rate.charge(account, events - 1L));
    }
  }

  /** Tells how the account stands; nothing where there is no limit. */
  void tell(String account, MultiMap headers) {
    limit.ifPresent(
        rate -> RateLimitFields.add(headers, POLICY, rate.perSecond(), rate.look(account)));
  }

  boolean isLimited() {
    return limit.isPresent();
  }
}
