package io.messagerelay.propagator.delivery;

import io.messagerelay.propagator.delivery.Delivery.Answered;
import io.messagerelay.propagator.delivery.Delivery.Away;
import io.messagerelay.propagator.delivery.Delivery.Deferred;
import io.messagerelay.propagator.delivery.Delivery.Held;
import io.messagerelay.propagator.delivery.Delivery.TooBig;
import io.messagerelay.propagator.delivery.EventSender.Sending;
import io.messagerelay.propagator.loop.Step;
import io.messagerelay.propagator.spool.AsideEvent;
import io.messagerelay.propagator.spool.Settlement;
import io.messagerelay.propagator.spool.Spool;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Delivers the events that were set aside: alone, one after the other, each by delays of its own
 * that grow with its failures. Besides the lanes it is one more that asks while the consumer is
 * away; then no event's failure counts against it. A crash at any moment leaves the event aside,
 * and it is sent again under the same id. Run by one thread.
 */
public final class AsideRelay implements Step {
  private final Spool spool;
  private final EventSender sender;
  private final Pace pace;
  private final DeliveryLog log;
  private final GiveUp giveUp;
  private final int number;

  /**
   * @param number as of a lane, for the pace; no lane has it
   */
  public AsideRelay(
      Spool spool, EventSender sender, Pace pace, DeliveryLog log, GiveUp giveUp, int number) {
    this.spool = spool;
    this.sender = sender;
    this.pace = pace;
    this.log = log;
    this.giveUp = giveUp;
    this.number = number;
  }

  @Override
  public Duration run() throws InterruptedException {
    Duration untilDue = pace.sleepUntil(spool.aside().due());
    if (untilDue.isPositive()) {
      pace.nothingToSend(number); // it may have been handed a place since it asked for one
      return untilDue;
    }
    Duration pause = pace.pause(number);
    if (pause.isPositive()) {
      return pause;
    }
    Optional<AsideEvent> claimed = claim();
    if (claimed.isPresent()) {
      attempt(claimed.get());
    } else {
      pace.nothingToSend(number);
    }
    return pace.sleepUntil(spool.aside().due());
  }

  private Optional<AsideEvent> claim() {
    if (pace.take(1) == 0) {
      return Optional.empty();
    }
    Optional<AsideEvent> claimed = spool.aside().claim();
    if (claimed.isEmpty()) {
      pace.giveBack(1);
    }
    return claimed;
  }

  private void attempt(AsideEvent event) throws InterruptedException {
    Sending sending = sender.send(List.of(event.event()));
    pace.sent(number);
    switch (sending.delivery()) {
      case Answered(var settlements) -> settle(settlements);
      case Deferred(var cause, var retryAfter) -> blame(event, cause, retryAfter);
      case Away(var cause, var retryAfter) -> away(event, cause, retryAfter);
      case Held(var reason) -> {
        spool.aside().defer(event, pace.held(number));
        log.held(number, reason);
      }
      case TooBig(var cause) ->
          throw new IllegalStateException("one event cannot be a batch too big: " + cause);
    }
  }

  private void settle(List<Settlement> settlements) {
    pace.answered(number);
    pace.nothingToSend(number);
    spool.settle(settlements);
    settlements.forEach(log::settled);
    log.leftAside(number);
  }

  private void away(AsideEvent event, String cause, Optional<Duration> retryAfter) {
    spool.aside().defer(event, pace.failed(number, event.event().attempts(), retryAfter));
    log.deferred(number, cause);
  }

  /** Only a failure while others pass counts against it. */
  private void blame(AsideEvent event, String cause, Optional<Duration> retryAfter) {
    pace.nothingToSend(number);
    AsideEvent failed = pace.isAway() ? event : event.failed(cause);
    Optional<Settlement> end = giveUp.on(failed);
    if (end.isPresent()) {
      spool.settle(List.of(end.get()));
      log.settled(end.get());
      log.leftAside(number);
    } else {
      spool.aside().defer(failed, pace.afterAside(failed, retryAfter));
      log.failedAside(number, failed);
    }
  }
}
