package io.messagerelay.propagator.delivery;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.messagerelay.propagator.spool.SpoolException;
import io.messagerelay.propagator.spool.SpoolHolding;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How this relay stands, as it tells the receiver with each request: {@code 339;age=240.5;dead=2;
 * name="host/main"}, an Item that is a structured field (RFC 9651). It is the number of events that
 * wait, with how long the oldest does in seconds, which is absent when none does, the number of
 * dead letters, and a name for people. The spool is looked at once a second at most, and only when
 * something is sent; one that cannot be read reports nothing. Shared by threads.
 */
public final class RelayReport implements Supplier<Optional<String>> {
  private static final Duration FRESH = Duration.ofSeconds(1);
  private static final int LONGEST_NAME = 100;

  /** Of a Decimal: twelve digits before the point. In seconds. */
  private static final double LONGEST_AGE = 999_999_999_999.0;

  private final String name;
  private final Supplier<SpoolHolding> spool;
  private final Clock clock;
  private final LongSupplier ticker;

  @GuardedBy("this")
  private @Nullable Long lookedAt;

  @GuardedBy("this")
  private Optional<String> field = Optional.empty();

  /**
   * @param name {@code host/main}; what is no printable ASCII in it becomes a question mark, and
   *     what is longer than 100 characters is cut off
   * @param spool looks at it
   * @param ticker monotonic nanoseconds
   */
  public RelayReport(String name, Supplier<SpoolHolding> spool, Clock clock, LongSupplier ticker) {
    this.name = string(name);
    this.spool = spool;
    this.clock = clock;
    this.ticker = ticker;
  }

  /** The field's value, a second old at most. */
  @Override
  public synchronized Optional<String> get() {
    long now = ticker.getAsLong();
    if (lookedAt == null || now - lookedAt >= FRESH.toNanos()) {
      lookedAt = now;
      field = look();
    }
    return field;
  }

  private Optional<String> look() {
    try {
      return Optional.of(field(spool.get()));
    } catch (SpoolException e) {
      return Optional.empty();
    }
  }

  private String field(SpoolHolding holding) {
    return "%d%s;dead=%d;name=%s"
        .formatted(
            holding.books().pending(),
            holding.age(clock.instant()).map(RelayReport::age).orElse(""),
            holding.books().dead(),
            name);
  }

  private static String age(Duration age) {
    return String.format(Locale.ROOT, ";age=%.1f", Math.min(age.toMillis() / 1_000.0, LONGEST_AGE));
  }

  /** A String of RFC 9651, section 3.3.3. */
  private static String string(String text) {
    String printable = text.replaceAll("[^ -~]", "?");
    String cut = printable.substring(0, Math.min(printable.length(), LONGEST_NAME));
    return '"' + cut.replaceAll("[\"\\\\]", "\\\\$0") + '"';
  }
}
