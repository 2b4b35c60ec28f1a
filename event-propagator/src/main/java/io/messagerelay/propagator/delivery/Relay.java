package io.messagerelay.propagator.delivery;

import io.messagerelay.propagator.delivery.Delivery.Answered;
import io.messagerelay.propagator.delivery.Delivery.Deferred;
import io.messagerelay.propagator.delivery.Delivery.Held;
import io.messagerelay.propagator.delivery.Delivery.TooBig;
import io.messagerelay.propagator.loop.Step;
import io.messagerelay.propagator.spool.Settlement;
import io.messagerelay.propagator.spool.Spool;
import io.messagerelay.propagator.spool.SpooledEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Delivers one lane: a step sends the lane's next events and does with them what the answer says.
 * The only place that decides what an answer means for the spool. Run by one thread; lanes share
 * everything but this.
 *
 * <p>Order: a lane has one request under way, always of its oldest events, and what was put off
 * keeps its place. So nothing overtakes; a refused event leaves, and blocks nobody.
 *
 * <p>A crash
 *
 * <ul>
 *   <li>before the claim returns: nothing was sent;
 *   <li>after the claim, before or while sending: the attempt is counted, the events are still the
 *       lane's oldest and are sent again under the same ids, which the consumer stores once;
 *   <li>after the answer, before {@code settle} returns: the same, and the consumer calls them
 *       duplicates;
 *   <li>after {@code settle}: they are gone from the lane, and counted, in one transaction.
 * </ul>
 *
 * <p>How many failures there were in a row is not kept over a crash: the first delay is short
 * again.
 */
public final class Relay implements Step {
  private static final long BATCH_BYTES = 512 * 1024;

  private final Spool spool;
  private final EventSender sender;
  private final RetrySchedule schedule;
  private final DeliveryLog log;
  private final Lane lane;

  private int mostEvents;
  private int failures;

  public Relay(
      Spool spool, EventSender sender, RetrySchedule schedule, DeliveryLog log, Lane lane) {
    this.spool = spool;
    this.sender = sender;
    this.schedule = schedule;
    this.log = log;
    this.lane = lane;
    this.mostEvents = lane.mostEvents();
  }

  @Override
  public Duration run() throws InterruptedException {
    List<SpooledEvent> batch = spool.claim(lane.number(), mostEvents, BATCH_BYTES);
    if (!batch.isEmpty()) {
      act(batch, sender.send(batch));
    }
    return schedule.sleepUntil(spool.due(lane.number()));
  }

  private void act(List<SpooledEvent> batch, Delivery delivery) {
    switch (delivery) {
      case Answered(var settlements) -> settle(settlements);
      case Deferred(var cause, var retryAfter) -> defer(batch, cause, retryAfter);
      case TooBig(var cause) -> halve(batch, cause);
      case Held(var reason) -> hold(batch, reason);
    }
  }

  private void settle(List<Settlement> settlements) {
    spool.settle(settlements);
    settlements.forEach(log::settled);
    log.answered(lane.number());
    failures = 0;
    mostEvents = Math.min(mostEvents * 2, lane.mostEvents());
  }

  private void defer(List<SpooledEvent> batch, String cause, Optional<Duration> retryAfter) {
    failures++;
    spool.defer(batch, schedule.after(failures, retryAfter));
    log.deferred(lane.number(), cause);
  }

  /** The same events again, fewer at a time, until the one that is to blame stands alone. */
  private void halve(List<SpooledEvent> batch, String cause) {
    if (batch.size() == 1) {
      throw new IllegalStateException("one event cannot be a batch too big: " + cause);
    }
    mostEvents = batch.size() / 2;
  }

  /** Asks again now and then, in case the setting is changed at the consumer. */
  private void hold(List<SpooledEvent> batch, String reason) {
    spool.defer(batch, schedule.whenHeld());
    log.held(lane.number(), reason);
  }
}
