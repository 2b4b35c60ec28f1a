package io.messagerelay.consumer.http;

import io.messagerelay.base.trace.Span;
import io.messagerelay.base.trace.Span.Part;
import io.messagerelay.base.trace.Spans;
import io.messagerelay.contract.Event;
import io.messagerelay.contract.EventTrace;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records a span of each valid event: from its request's arrival until it is known what became of
 * it. It is a part of the relay's request, where that says that it has spans, or else of what the
 * event's {@code traceparent} names. Shared by threads.
 *
 * @param clock the time of day
 */
public record EventTraces(Spans spans, Clock clock) {

  void stored(Sender sender, Event event, long position) {
    if (spans.isOn()) {
      ended(sender, event, "stored", at(position), null);
    }
  }

  void duplicate(Sender sender, Event event, long position) {
    if (spans.isOn()) {
      ended(sender, event, "duplicate", at(position), null);
    }
  }

  void refused(Sender sender, Event event, String why) {
    if (spans.isOn()) {
      ended(sender, event, "refused", Map.of(), why);
    }
  }

  private static Map<String, Long> at(long position) {
    return Map.of("message_relay.position", position);
  }

  private void ended(
      Sender sender,
      Event event,
      String result,
      Map<String, Long> numbers,
      @Nullable String failure) {
    EventTrace trace = EventTrace.of(event.id(), event.traceparent());
    if (spans.records(trace.traceId(), trace.wanted())) {
      spans.add(
          new Span(
              Part.STORE,
              trace.traceId(),
              null,
              sender.traces() ? trace.sendSpan() : trace.parent(),
              sender.came(),
              clock.instant(),
              Map.of(
                  "messaging.message.id", event.id(),
                  "message_relay.event.type", event.type(),
                  "message_relay.result", result,
                  "message_relay.request.id", sender.requestId()),
              numbers,
              failure));
    }
  }
}
