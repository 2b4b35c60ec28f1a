package io.messagerelay.propagator.app;

import io.messagerelay.propagator.spool.Books;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** How fast spools deliver, found out by looking at them again and again. Used by one thread. */
final class Rates {
  private static final long SPAN_NANOS = Duration.ofSeconds(5).toNanos();

  private record Look(long nanos, long delivered) {}

  private final LongSupplier ticker;
  private final Map<String, Deque<Look>> looks = new HashMap<>();

  /**
   * @param ticker monotonic nanoseconds
   */
  Rates(LongSupplier ticker) {
    this.ticker = ticker;
  }

  /** Events a second over the last five, or since the look before; empty at the first one. */
  OptionalLong of(String spool, Books books) {
    var look = new Look(ticker.getAsLong(), books.delivered() + books.duplicate());
    Deque<Look> before = looks.computeIfAbsent(spool, _ -> new ArrayDeque<>());
    while (before.size() > 1 && look.nanos - before.getFirst().nanos > SPAN_NANOS) {
      before.removeFirst();
    }
    OptionalLong rate =
        before.isEmpty() ? OptionalLong.empty() : OptionalLong.of(rate(before.getFirst(), look));
    before.addLast(look);
    return rate;
  }

  private static long rate(Look then, Look now) {
    double seconds = (double) (now.nanos - then.nanos) / TimeUnit.SECONDS.toNanos(1);
    return Math.round((now.delivered - then.delivered) / Math.max(seconds, 0.001));
  }
}
