package io.messagerelay.consumer.tail;

import io.messagerelay.consumer.store.StoreException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Moves one stream from its content to its reader, for as long as the reader takes it. Its thread
 * runs {@link #step} and sleeps in between; whatever it waits for wakes it.
 */
final class StreamPump {
  /** After the store could not be read. */
  static final Duration AGAIN = Duration.ofSeconds(1);

  private final Content content;
  private final Outlet outlet;
  private final long stall;
  private final long end;
  private final BooleanSupplier draining;

  /** Since when the store cannot be read; owned by the thread, as all that follows. */
  private long failing;

  private boolean isFailing;

  /**
   * @param stall nanoseconds after which a reader that takes nothing is cut off, and an export that
   *     the store does not give
   * @param end when a live stream has to end, by the clock that only goes forward
   */
  StreamPump(Content content, Outlet outlet, long stall, long end, BooleanSupplier draining) {
    this.content = content;
    this.outlet = outlet;
    this.stall = stall;
    this.end = end;
    this.draining = draining;
  }

  /**
   * Does what can be done now.
   *
   * @return nanoseconds until there may be more to do; {@link Content#ENDED}
   */
  long step(long now) {
    if (outlet.isGone()) {
      return Content.ENDED;
    }
    if (content.isLive() && (draining.getAsBoolean() || now - end >= 0)) {
      outlet.end();
      return Content.ENDED;
    }
    if (outlet.isWaiting() && now - outlet.moved() >= stall) {
      outlet.cut();
      return Content.ENDED;
    }
    long pause = outlet.isFull(0) ? stall : write(now);
    return pause == Content.ENDED ? pause : atMost(pause, now);
  }

  private long write(long now) {
    try {
      long pause = content.write(outlet, now);
      isFailing = false;
      if (pause == Content.ENDED) {
        outlet.end();
      }
      return pause;
    } catch (StoreException e) {
      return failed(now);
    }
  }

  /** A live stream waits for the store; who exports is told that something is missing. */
  private long failed(long now) {
    failing = isFailing ? failing : now;
    isFailing = true;
    if (!content.isLive() && now - failing >= stall) {
      outlet.cut();
      return Content.ENDED;
    }
    return AGAIN.toNanos();
  }

  private long atMost(long pause, long now) {
    long untilEnd = content.isLive() ? end - now : Long.MAX_VALUE;
    long untilStalled = outlet.isWaiting() ? outlet.moved() + stall - now : Long.MAX_VALUE;
    return Math.max(0, Math.min(pause, Math.min(untilEnd, untilStalled)));
  }
}
