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
 * Counts what became of events and, where lines for people are wanted, writes one for each. Every
 * event that was answered for is counted once: received = stored + duplicate + rejected + conflict.
 * Events of a request that was put off are counted as deferred, by its reason. Shared by threads.
 */
public final class EventTally {
  private static final Logger EVENTS = LoggerFactory.getLogger("io.messagerelay.events");

  private final Counter stored;
  private final Counter duplicate;
  private final Counter rejected;
  private final Counter conflict;
  private final Map<Reason, Counter> deferred;
  private final RefusalLog refusals;

  public EventTally(MeterRegistry meters, RefusalLog refusals) {
    this.refusals = refusals;
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

  void stored(Event event, long position) {
    stored.increment();
    EVENTS.info("stored #{} {} {}", position, ShortId.of(event.id()), event.type());
  }

  void duplicate(Event event, long position) {
    duplicate.increment();
    EVENTS.info("stored before, #{} {} {}", position, ShortId.of(event.id()), event.type());
  }

  void conflict(String account, Event event) {
    conflict.increment();
    keep(account, event.id(), Glimpse.of(event), List.of(Batch.CONFLICT));
    EVENTS.info("refused {}: its id is taken by another event", ShortId.of(event.id()));
  }

  void rejected(String account, @Nullable String eventId, Glimpse glimpse, List<Fault> faults) {
    rejected.increment();
    keep(account, eventId, glimpse, faults);
    if (EVENTS.isInfoEnabled()) {
      String id = eventId == null ? "an event without an id" : ShortId.of(eventId);
      EVENTS.info("refused {}: {}", id, lines(faults));
    }
  }

  /** A whole body, of which nobody knows how many events it was to be. */
  void malformed(String account, Fault fault, Glimpse glimpse) {
    keep(account, null, glimpse, List.of(fault));
  }

  private void keep(String account, @Nullable String eventId, Glimpse glimpse, List<Fault> faults) {
    List<String> reasons = faults.stream().map(Fault::text).toList();
    refusals.add(account, eventId, glimpse.type(), reasons, glimpse.beginning());
  }

  void deferred(int events, Reason reason) {
    Objects.requireNonNull(deferred.get(reason)).increment(events);
  }

  private static String lines(List<Fault> faults) {
    return faults.stream().map(Fault::text).collect(Collectors.joining("; "));
  }
}
