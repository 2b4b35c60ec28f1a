package io.messagerelay.consumer.http;

import io.messagerelay.consumer.intake.IntakeResult.Reason;
import io.messagerelay.consumer.refusal.RefusalLog;
import io.messagerelay.contract.Event;
import io.messagerelay.contract.Fault;
import io.messagerelay.contract.Glimpse;
import io.messagerelay.contract.ShortId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what became of events and, where lines for people are wanted, writes one for each; where
 * traces are, a span. Every event that came is counted twice, when it comes and when it is answered
 * for: while no request is under way, received = stored + duplicate + rejected + conflict +
 * deferred. A request that was put off is so with all of its events; one that was turned away
 * unread counts as one event. A body that cannot be read as a whole has none. Shared by threads.
 */
public final class EventTally {
  private static final Logger EVENTS = LoggerFactory.getLogger("io.messagerelay.events");

  private final Counter received;
  private final Counter stored;
  private final Counter duplicate;
  private final Counter rejected;
  private final Counter conflict;
  private final Map<Reason, Counter> deferred;
  private final RefusalLog refusals;
  private final EventTraces traces;

  public EventTally(MeterRegistry meters, RefusalLog refusals, EventTraces traces) {
    this.refusals = refusals;
    this.traces = traces;
    this.received =
        Counter.builder("message.relay.events.received")
            .description("Events that came in requests that were read")
            .register(meters);
    this.stored = answered(meters, "stored");
    this.duplicate = answered(meters, "duplicate");
    this.rejected = answered(meters, "rejected");
    this.conflict = answered(meters, "conflict");
    this.deferred =
        Arrays.stream(Reason.values())
            .collect(Collectors.toUnmodifiableMap(Function.identity(), r -> deferred(meters, r)));
  }

  private static Counter answered(MeterRegistry meters, String result) {
    return Counter.builder("message.relay.events.answered")
        .description("Events that were answered for, by what became of them")
        .tag("result", result)
        .register(meters);
  }

  private static Counter deferred(MeterRegistry meters, Reason reason) {
    return Counter.builder("message.relay.events.deferred")
        .description("Events whose request was put off, by the reason")
        .tag("reason", reason.name().toLowerCase(Locale.ROOT))
        .register(meters);
  }

  /** So many events have come, and will be answered for. */
  void received(int events) {
    received.increment(events);
  }

  void stored(Sender sender, Event event, long position) {
    stored.increment();
    traces.stored(sender, event, position);
    line("stored #{} {} {} (request {})", position, event, sender);
  }

  void duplicate(Sender sender, Event event, long position) {
    duplicate.increment();
    traces.duplicate(sender, event, position);
    line("stored before, #{} {} {} (request {})", position, event, sender);
  }

  private static void line(String form, long position, Event event, Sender sender) {
    if (EVENTS.isInfoEnabled()) {
      EVENTS.info(form, position, ShortId.of(event.id()), event.type(), sender.requestId());
    }
  }

  void conflict(Sender sender, Event event) {
    conflict.increment();
    traces.refused(sender, event, Batch.CONFLICT.text());
    keep(sender, event.id(), Glimpse.of(event), List.of(Batch.CONFLICT));
    refusedLine(ShortId.of(event.id()), "its id is taken by another event", sender);
  }

  /** By the store: what can be known without it was right. */
  void rejected(Sender sender, Event event, List<Fault> faults) {
    traces.refused(sender, event, lines(faults));
    rejected(sender, event.id(), Glimpse.of(event), faults);
  }

  void rejected(Sender sender, @Nullable String eventId, Glimpse glimpse, List<Fault> faults) {
    rejected.increment();
    keep(sender, eventId, glimpse, faults);
    if (EVENTS.isInfoEnabled()) {
      String id = eventId == null ? "an event without an id" : ShortId.of(eventId);
      refusedLine(id, lines(faults), sender);
    }
  }

  private static void refusedLine(String what, String why, Sender sender) {
    EVENTS.info("refused {}: {} (request {})", what, why, sender.requestId());
  }

  /** A whole body, of which nobody knows how many events it was to be. */
  void malformed(Sender sender, Fault fault, Glimpse glimpse) {
    keep(sender, null, glimpse, List.of(fault));
    refusedLine("a body", fault.text(), sender);
  }

  private void keep(Sender sender, @Nullable String eventId, Glimpse glimpse, List<Fault> faults) {
    List<String> reasons = faults.stream().map(Fault::text).toList();
    refusals.add(sender.account(), eventId, glimpse.type(), reasons, glimpse.beginning());
  }

  /** A request was put off before its body was read: how many events it has is not known. */
  void turnedAway(Reason reason) {
    received(1);
    deferred(1, reason);
  }

  /** A request was put off with all of its events, bad ones among them. */
  void deferred(int events, Reason reason) {
    Objects.requireNonNull(deferred.get(reason)).increment(events);
  }

  /** Events stored since the start. */
  public long stored() {
    return (long) stored.count();
  }

  /** Events refused since the start, for what they are or for their id. */
  public long refused() {
    return (long) (rejected.count() + conflict.count());
  }

  private static String lines(List<Fault> faults) {
    return faults.stream().map(Fault::text).collect(Collectors.joining("; "));
  }
}
