package io.messagerelay.propagator.trace;

import io.messagerelay.base.trace.Span;
import io.messagerelay.base.trace.Span.Part;
import io.messagerelay.base.trace.Spans;
import io.messagerelay.contract.EventPlace;
import io.messagerelay.contract.EventTrace;
import io.messagerelay.contract.Traceparent;
import io.messagerelay.contract.Wire;
import io.messagerelay.propagator.delivery.Delivery;
import io.messagerelay.propagator.delivery.EventSender;
import io.messagerelay.propagator.delivery.Traces;
import io.messagerelay.propagator.spool.Settlement;
import io.messagerelay.propagator.spool.SpooledEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Records two spans of each event that the consumer answers for: its way from the take to that
 * answer, and in it the request that brought the answer. Earlier requests count as {@code
 * attempts}. They are recorded before the answer is settled, so a crash in between makes the same
 * two once more; an event that was given up, or that a person took out, has none.
 *
 * @param clock the time of day
 */
public record EventTraces(Spans spans, Clock clock) implements Traces {
  private static final EventPlace TYPE = EventPlace.of("/" + Wire.EVENT_TYPE);

  /** The longest text that is told: of a reason, of a place. */
  private static final int LONGEST = 1_000;

  /** That of a service which records nothing is the plainest one there is. */
  public static Traces of(Spans spans, Clock clock) {
    return spans.isOn() ? new EventTraces(spans, clock) : Traces.AS_BROUGHT;
  }

  /** The same sender, whose answers are recorded where that is wanted. */
  public static EventSender recorded(EventSender sender, Spans spans, Clock clock) {
    return spans.isOn() ? new EventTraces(spans, clock).recorded(sender) : sender;
  }

  private EventSender recorded(EventSender sender) {
    return batch -> {
      Instant begun = clock.instant();
      EventSender.Sending sending = sender.send(batch);
      return () -> {
        Delivery delivery = sending.delivery();
        if (delivery instanceof Delivery.Answered(var settlements)) {
          record(settlements, begun);
        }
        return delivery;
      };
    };
  }

  @Override
  public boolean isOn() {
    return true;
  }

  @Override
  public Optional<String> traceparent(SpooledEvent event) {
    EventTrace trace = trace(event);
    return Optional.of(trace.whileSent(isRecorded(trace)));
  }

  private static EventTrace trace(SpooledEvent event) {
    return EventTrace.of(event.eventId(), Traceparent.of(event.body()).orElse(null));
  }

  private boolean isRecorded(EventTrace trace) {
    return spans.records(trace.traceId(), trace.wanted());
  }

  private void record(List<Settlement> settlements, Instant begun) {
    Instant ended = clock.instant();
    for (Settlement settlement : settlements) {
      EventTrace trace = trace(settlement.event());
      if (isRecorded(trace)) {
        record(settlement, trace, begun, ended);
      }
    }
  }

  private void record(Settlement settlement, EventTrace trace, Instant begun, Instant ended) {
    SpooledEvent event = settlement.event();
    String id = event.eventId();
    String failure = failure(settlement);
    spans.add(
        new Span(
            Part.RELAY,
            trace.traceId(),
            trace.relaySpan(),
            trace.parent(),
            event.taken(),
            ended,
            Map.of(
                "messaging.message.id", id,
                "message_relay.event.type",
                    Optional.ofNullable(TYPE.textIn(event.body())).orElse(""),
                "message_relay.source", event.source(),
                "message_relay.place", shortened(event.place()),
                "message_relay.result", result(settlement)),
            Map.of("message_relay.attempts", (long) event.attempts()),
            failure));
    spans.add(
        new Span(
            Part.SEND,
            trace.traceId(),
            trace.sendSpan(),
            trace.relaySpan(),
            begun,
            ended,
            Map.of("messaging.message.id", id),
            Map.of("message_relay.attempts", (long) event.attempts()),
            failure));
  }

  private static String result(Settlement settlement) {
    return switch (settlement) {
      case Settlement.Delivered _ -> "delivered";
      case Settlement.Duplicate _ -> "duplicate";
      case Settlement.Dead _ -> "dead";
    };
  }

  private static @Nullable String failure(Settlement settlement) {
    return settlement instanceof Settlement.Dead(_, var status, var reasons)
        ? shortened(status + " " + String.join("; ", reasons))
        : null;
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
