package io.messagerelay.consumer.app;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.messagerelay.consumer.store.StoreException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How large the store is, for who asks again and again and does not wait: what it was at the last
 * look, which is at most a minute old when the one before was heard. The store is looked at once a
 * minute at most, whoever asks, and not while a look is under way. Shared by threads.
 */
final class StoreSize {
  static final Duration FRESH = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(StoreSize.class);

  /** What the store says; may take long. */
  interface Look {
    long bytes() throws StoreException;
  }

  private final Look look;
  private final Executor looking;
  private final LongSupplier nanoTime;

  /** Not a number before the first look. */
  private volatile double known = Double.NaN;

  @GuardedBy("this")
  private boolean underWay;

  @GuardedBy("this")
  private boolean ever;

  @GuardedBy("this")
  private long begun;

  /**
   * @param looking runs a look, one at a time, on a thread that may block
   * @param nanoTime a clock that only goes forward, in nanoseconds
   */
  StoreSize(Look look, Executor looking, LongSupplier nanoTime) {
    this.look = look;
    this.looking = looking;
    this.nanoTime = nanoTime;
  }

  /** In bytes; not a number until it is known. What a look cannot tell stays what it was. */
  double bytes() {
    if (isDue()) {
      looking.execute(this::look);
    }
    return known;
  }

  private synchronized boolean isDue() {
    long now = nanoTime.getAsLong();
    if (underWay || (ever && now - begun < FRESH.toNanos())) {
      return false;
    }
    underWay = true;
    ever = true;
    begun = now;
    return true;
  }

  private void look() {
    try {
      known = look.bytes();
    } catch (StoreException e) {
      LOG.debug("the size of the store stays what it was", e);
    } finally {
      ended();
    }
  }

  private synchronized void ended() {
    underWay = false;
  }
}
