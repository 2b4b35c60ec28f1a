package io.messagerelay.propagator.delivery;

import io.messagerelay.propagator.delivery.Delivery.Answered;
import io.messagerelay.propagator.delivery.Delivery.Away;
import io.messagerelay.propagator.delivery.Delivery.Deferred;
import io.messagerelay.propagator.delivery.Delivery.Held;
import io.messagerelay.propagator.delivery.Delivery.TooBig;
import io.messagerelay.propagator.delivery.EventSender.Sending;
import io.messagerelay.propagator.loop.Step;
import io.messagerelay.propagator.spool.Settlement;
import io.messagerelay.propagator.spool.Spool;
import io.messagerelay.propagator.spool.SpooledEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Delivers one lane: sends its oldest events and does with them what the answer says. The only
 * place that decides what an answer means for the spool. Run by one thread; lanes share everything
 * but this.
 *
 * <p>Order: a lane has one request under way, always of its oldest events, and what was put off
 * keeps its place. So nothing overtakes; a refused event leaves, and blocks nobody. Where more wait
 * than one request takes, the next ones are claimed while it is under way, sent as soon as all of
 * it is answered for, and only then is it settled. An event that fails alone again and again is set
 * aside, so that others may pass, and {@link AsideRelay} delivers it.
 *
 * <p>A crash
 *
 * <ul>
 *   <li>before the claim returns: nothing was sent;
 *   <li>after the claim, before or while sending: the attempt is counted, the events are still the
 *       lane's oldest and are sent again under the same ids, which the consumer stores once;
 *   <li>after the answer, before {@code settle} returns: the same, and the consumer calls them
 *       duplicates; so it does with those of the next request, which come again behind them;
 *   <li>after {@code settle}: they are gone from the lane, and counted, in one transaction.
 * </ul>
 *
 * <p>How many failures there were in a row is not kept over a crash: the first delay is short
 * again.
 */
public final class Relay implements Step {
  private final Spool spool;
  private final EventSender sender;
  private final Pace pace;
  private final DeliveryLog log;
  private final Lane lane;
  private final Portion portion;

  private @Nullable Flight flight;

  /** What was answered for and is not settled yet, because the next request goes first. */
  private List<Settlement> answered = List.of();

  private int failures;

  public Relay(Spool spool, EventSender sender, Pace pace, DeliveryLog log, Lane lane) {
    this.spool = spool;
    this.sender = sender;
    this.pace = pace;
    this.log = log;
    this.lane = lane;
    this.portion = new Portion(lane.mostEvents());
  }

  /** A request that is under way. */
  private record Flight(List<SpooledEvent> batch, Sending sending) {
    long last() {
      return batch.getLast().seq();
    }
  }

  @Override
  public Duration run() throws InterruptedException {
    Duration pause = flight == null ? pace.pause(lane.number()) : Duration.ZERO;
    if (pause.isPositive()) {
      return pause;
    }
    Flight current = flight == null ? begin(claim(0, portion.next())) : flight;
    if (current != null) {
      settleAnswered();
      List<SpooledEvent> next = claim(current.last(), portion.behind(current.batch));
      act(current, current.sending.delivery(), next);
    }
    return flight == null ? pace.sleepUntil(spool.due(lane.number())) : Duration.ZERO;
  }

  /** Waits for the request that is under way, and sends no other. */
  @Override
  public void finish() throws InterruptedException {
    if (flight != null) {
      settleAnswered();
      act(flight, flight.sending.delivery(), List.of());
    }
  }

  /** No more than may be sent now. */
  private List<SpooledEvent> claim(long afterSeq, int atMost) {
    int allowed = pace.take(atMost);
    if (allowed == 0) {
      return List.of();
    }
    List<SpooledEvent> batch = spool.claim(lane.number(), afterSeq, allowed, Portion.BYTES);
    pace.giveBack(allowed - batch.size());
    return batch;
  }

  private @Nullable Flight begin(List<SpooledEvent> batch) throws InterruptedException {
    if (batch.isEmpty()) {
      pace.nothingToSend(lane.number());
      return null;
    }
    Sending sending = sender.send(batch);
    pace.sent(lane.number());
    return new Flight(batch, sending);
  }

  private void act(Flight current, Delivery delivery, List<SpooledEvent> next)
      throws InterruptedException {
    flight = null;
    boolean goesOn = delivery instanceof Answered && pace.answered(lane.number());
    if (!goesOn && !next.isEmpty()) {
      spool.release(lane.number(), current.last());
      pace.giveBack(next.size());
    }
    switch (delivery) {
      case Answered(var settlements) -> goOn(settlements, goesOn ? next : List.of());
      case Deferred(var cause, var retryAfter) -> suspect(current.batch, cause, retryAfter);
      case Away(var cause, var retryAfter) -> defer(current.batch, cause, retryAfter);
      case TooBig(var cause) -> halve(current.batch, cause);
      case Held(var reason) -> hold(current.batch, reason);
    }
  }

  /** Sends before it settles, so that the consumer does not wait for our disk. */
  private void goOn(List<Settlement> settlements, List<SpooledEvent> next)
      throws InterruptedException {
    answered = settlements;
    failures = 0;
    portion.answered(settlements.size());
    flight = begin(next);
    if (flight == null) {
      settleAnswered();
    }
  }

  private void settleAnswered() {
    if (!answered.isEmpty()) {
      spool.settle(answered);
      answered.forEach(log::settled);
      log.answered(lane.number());
      answered = List.of();
    }
  }

  private void suspect(List<SpooledEvent> batch, String cause, Optional<Duration> retryAfter) {
    Suspects suspects = portion.suspects();
    if (suspects.failed(batch.size(), pace.answers())) {
      spool.defer(batch, pace.narrowed(lane.number(), retryAfter));
    } else if (pace.blames(suspects.failuresAlone(), suspects.since(), retryAfter)) {
      setAside(batch.getFirst(), cause, retryAfter);
    } else {
      defer(batch, cause, retryAfter);
    }
  }

  private void defer(List<SpooledEvent> batch, String cause, Optional<Duration> retryAfter) {
    failures++;
    spool.defer(batch, pace.failed(lane.number(), failures, retryAfter));
    log.deferred(lane.number(), cause);
  }

  private void setAside(SpooledEvent event, String cause, Optional<Duration> retryAfter) {
    spool.aside().put(event, cause, pace.failed(lane.number(), failures + 1, retryAfter));
    log.setAside(lane.number(), event, cause);
    portion.blamed();
    failures = 0;
  }

  private void halve(List<SpooledEvent> batch, String cause) {
    portion.tooBig(batch.size(), cause);
    pace.answered(lane.number());
  }

  /** Asks again now and then, in case the setting is changed at the consumer. */
  private void hold(List<SpooledEvent> batch, String reason) {
    spool.defer(batch, pace.held(lane.number()));
    log.held(lane.number(), reason);
  }
}
