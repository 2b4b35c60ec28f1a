package io.messagerelay.propagator.delivery;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.messagerelay.contract.ShortId;
import io.messagerelay.propagator.spool.AsideEvent;
import io.messagerelay.propagator.spool.ErrorNote;
import io.messagerelay.propagator.spool.Settlement;
import io.messagerelay.propagator.spool.SpooledEvent;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a person what becomes of events. That the consumer cannot be reached is said when the first
 * lane finds out, at most once a minute while it lasts, and once more when every lane is through; a
 * wrong setting is said once. At DEBUG each attempt is told. Shared by the lanes.
 */
public final class DeliveryLog {
  private static final Logger LOG = LoggerFactory.getLogger(DeliveryLog.class);
  private static final Logger EVENTS = LoggerFactory.getLogger("io.messagerelay.events");
  private static final Duration SILENCE = Duration.ofMinutes(1);

  private final LongSupplier ticker;
  private final ErrorNote note;

  @GuardedBy("this")
  private final Set<Integer> failing = new HashSet<>();

  @GuardedBy("this")
  private @Nullable Long warnedAt;

  @GuardedBy("this")
  private boolean asideFails;

  @GuardedBy("this")
  private @Nullable Long warnedAsideAt;

  @GuardedBy("this")
  private boolean announced;

  @GuardedBy("this")
  private String heldFor = "";

  /**
   * @param ticker monotonic nanoseconds
   * @param note is told what delivery fails of
   */
  public DeliveryLog(LongSupplier ticker, ErrorNote note) {
    this.ticker = ticker;
    this.note = note;
  }

  /** Call when it is on disk. */
  void settled(Settlement settlement) {
    SpooledEvent event = settlement.event();
    switch (settlement) {
      case Settlement.Delivered delivered ->
          EVENTS.info("delivered {} (attempt {})", name(event), event.attempts());
      case Settlement.Duplicate duplicate ->
          EVENTS.info("delivered before: {} (attempt {})", name(event), event.attempts());
      case Settlement.Dead(var ignored, var status, var reasons) ->
          LOG.warn(
              "dead letter {}: {} {} (attempt {})",
              name(event),
              status,
              String.join("; ", reasons),
              event.attempts());
    }
  }

  synchronized void deferred(int lane, String cause) {
    LOG.debug("lane {} waits: {}", lane, cause);
    failing.add(lane);
    note.failing(cause);
    long now = ticker.getAsLong();
    if (warnedAt == null || now - warnedAt >= SILENCE.toNanos()) {
      LOG.warn("delivery waits, the events are kept: {}", cause);
      warnedAt = now;
      announced = true;
    }
  }

  /** Call when it is on disk. */
  synchronized void setAside(int lane, SpooledEvent event, String cause) {
    failing.remove(lane);
    LOG.warn(
        "set aside after {} attempts, so that others pass: {}: {}",
        event.attempts(),
        name(event),
        cause);
  }

  /** An event that was set aside has failed again. */
  synchronized void failedAside(int lane, AsideEvent aside) {
    LOG.debug("{} fails aside: {}", name(aside.event()), aside.cause());
    failing.remove(lane);
    asideFails = true;
    note.failing(aside.cause());
    long now = ticker.getAsLong();
    if (warnedAsideAt == null || now - warnedAsideAt >= SILENCE.toNanos()) {
      LOG.warn(
          "still aside: {} (attempt {}): {}",
          name(aside.event()),
          aside.event().attempts(),
          aside.cause());
      warnedAsideAt = now;
    }
  }

  synchronized void held(int lane, String reason) {
    failing.add(lane);
    note.failing(reason);
    if (!heldFor.equals(reason)) {
      LOG.error("delivery waits until a setting is changed: {}", reason);
      heldFor = reason;
      announced = true;
    }
  }

  /** The consumer answered for a lane's events. */
  synchronized void answered(int lane) {
    LOG.debug("lane {} is answered", lane);
    failing.remove(lane);
    if (failing.isEmpty() && !asideFails) {
      note.over();
    }
    if (failing.isEmpty() && announced) {
      LOG.info("events are delivered again");
      announced = false;
      heldFor = "";
    }
  }

  /** An event that was set aside is so no more; what is known of others comes with their turn. */
  synchronized void leftAside(int lane) {
    asideFails = false;
    answered(lane);
  }

  private static String name(SpooledEvent event) {
    return ShortId.of(event.eventId()) + " from " + event.place();
  }
}
