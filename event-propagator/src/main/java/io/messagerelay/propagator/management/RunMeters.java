package io.messagerelay.propagator.management;

import io.messagerelay.propagator.spool.SpoolException;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a run's spool, loops and pace are like. Each scrape looks once, and all of its numbers are
 * of that look; so {@code taken = delivered + duplicate + dead + discarded + pending} holds in it.
 * Shared by threads.
 */
final class RunMeters {
  private final PrometheusMeterRegistry registry;
  private final Tags tags;
  private final Vitals vitals;
  private final Clock clock;

  /** Of the scrape that is under way; {@code null} before the first. */
  private final AtomicReference<@Nullable Reading> last = new AtomicReference<>();

  /**
   * @param all among which these are registered
   * @param limitBytes the bound of the spool
   */
  RunMeters(Meters all, long limitBytes, Vitals vitals, Clock clock) {
    this.registry = all.registry();
    this.tags = all.tags();
    this.vitals = vitals;
    this.clock = clock;
    books();
    spool(limitBytes);
    loops();
  }

  /**
   * All metrics in Prometheus' text.
   *
   * @throws SpoolException when the spool cannot be read
   */
  synchronized String scrape() {
    last.set(Reading.of(vitals, clock.instant()));
    return registry.scrape();
  }

  private void books() {
    counter("message.relay.spool.taken", "Items taken from the source", it -> it.books().taken());
    counter(
        "message.relay.spool.delivered",
        "Events that the consumer stored",
        it -> it.books().delivered());
    counter(
        "message.relay.spool.duplicate",
        "Events that the consumer had stored before",
        it -> it.books().duplicate());
    counter(
        "message.relay.spool.discarded",
        "Dead letters that a person threw away",
        it -> it.books().discarded());
    gauge("message.relay.spool.dead.events", "Dead letters", it -> it.books().dead());
    gauge(
        "message.relay.spool.pending.events",
        "Events that wait for delivery",
        it -> it.books().pending());
  }

  private void spool(long limitBytes) {
    gauge(
        "message.relay.spool.oldest.pending.seconds",
        "How long the oldest event waits",
        it -> seconds(it.oldestAge()));
    gauge(
        "message.relay.spool.bytes",
        "What counts against SPOOL_MAX_BYTES",
        it -> it.books().keptBytes());
    gauge("message.relay.spool.limit.bytes", "SPOOL_MAX_BYTES", _ -> limitBytes);
    gauge(
        "message.relay.spool.log.bytes",
        "Size of the spool's write-ahead log",
        it -> it.holding().logBytes());
    gauge(
        "message.relay.aside.events",
        "Events on which the consumer fails while others pass",
        it -> it.holding().aside());
  }

  private void loops() {
    gauge(
        "message.relay.requests.in.flight",
        "The most requests at once in the last second",
        Reading::inFlight);
    gauge("message.relay.requests.allowed", "Requests that may be at once", Reading::allowed);
    gauge(
        "message.relay.consumer.away",
        "Whether the consumer takes nothing now",
        it -> it.isAway() ? 1 : 0);
    gauge(
        "message.relay.heartbeat.age.seconds",
        "Since a loop made its last step",
        it -> seconds(it.beatAge()));
    gauge(
        "message.relay.source.paused",
        "Whether nothing is taken for want of room",
        it -> it.paused() ? 1 : 0);
  }

  private void counter(String name, String description, ToDoubleFunction<Reading> value) {
    FunctionCounter.builder(name, this, meters -> meters.read(value))
        .description(description)
        .tags(tags)
        .register(registry);
  }

  private void gauge(String name, String description, ToDoubleFunction<Reading> value) {
    Gauge.builder(name, this, meters -> meters.read(value))
        .description(description)
        .tags(tags)
        .register(registry);
  }

  private double read(ToDoubleFunction<Reading> value) {
    Reading reading = last.get();
    return reading == null ? Double.NaN : value.applyAsDouble(reading);
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1_000.0;
  }
}
