package io.messagerelay.consumer.app;

import io.messagerelay.base.CommandException;
import io.messagerelay.base.ExitCodes;
import io.messagerelay.base.trace.OtlpSpans;
import io.messagerelay.base.trace.Spans;
import io.messagerelay.consumer.auth.TokenEndpoint;
import io.messagerelay.consumer.http.EventTally;
import io.messagerelay.consumer.http.EventTraces;
import io.messagerelay.consumer.http.Readiness;
import io.messagerelay.consumer.intake.GroupCommit;
import io.messagerelay.consumer.intake.Intake;
import io.messagerelay.consumer.query.EventList;
import io.messagerelay.consumer.refusal.RefusalList;
import io.messagerelay.consumer.refusal.RefusalLog;
import io.messagerelay.consumer.retention.Eraser;
import io.messagerelay.consumer.retention.Retention;
import io.messagerelay.consumer.stats.EventStats;
import io.messagerelay.consumer.store.Database;
import io.messagerelay.consumer.store.StoreOpeningException;
import io.messagerelay.consumer.tail.StoreReads;
import io.messagerelay.consumer.tail.Streams;
import io.messagerelay.consumer.tail.Tail;
import io.messagerelay.contract.EventJson;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.function.ToDoubleFunction;

/** Hands the parts of the {@link EventConsumer} to the endpoints that the framework makes. */
@Singleton
final class Parts {

  /** Reads again the settings that the command has checked: nothing else survives into here. */
  @Produces
  @Singleton
  ConsumerSettings.Read settings() {
    return ConsumerSettings.read();
  }

  @Produces
  @Singleton
  EventConsumer consumer(ConsumerSettings.Read read, MeterRegistry meters) {
    try {
      EventConsumer consumer = EventConsumer.open(read.settings(), meters);
      measure(consumer, meters);
      return consumer;
    } catch (StoreOpeningException e) {
      throw new CommandException(ExitCodes.UNAVAILABLE, String.valueOf(e.getMessage()));
    }
  }

  private static void measure(EventConsumer consumer, MeterRegistry meters) {
    GroupCommit intake = consumer.intake();
    Gauge.builder("message.relay.queue.events", () -> intake.counts().waitingEvents())
        .description("Events accepted and not answered yet")
        .register(meters);
    Gauge.builder("message.relay.queue.bytes", () -> intake.counts().waitingBytes())
        .description("Memory that those take at most")
        .baseUnit("bytes")
        .register(meters);
    Gauge.builder("message.relay.streams", consumer.streams()::count)
        .description("Streams that are open")
        .register(meters);
    Gauge.builder("message.relay.stream.waiting.bytes", consumer.streams()::waitingBytes)
        .description("Memory that events take which readers of streams have not taken yet")
        .baseUnit("bytes")
        .register(meters);
    var size = new StoreSize(consumer.database()::bytes, Parts::look, System::nanoTime);
    var _ = size.bytes(); // so that the first scrape finds it
    Gauge.builder("message.relay.store.bytes", size::bytes)
        .description("Size of the store, without its write-ahead log")
        .register(meters);
    Gauge.builder("message.relay.store.log.bytes", consumer.database()::logBytes)
        .description("Size of the store's write-ahead log")
        .register(meters);
    Retention retention = consumer.retention();
    FunctionCounter.builder("message.relay.events.removed", retention, Retention::removed)
        .description("Old events that this process removed")
        .register(meters);
    Gauge.builder("message.relay.retention.last.run", () -> retention.lastRun().getEpochSecond())
        .description("When this process last looked through the store for old events, Unix time")
        .baseUnit("seconds")
        .register(meters);
    Gauge.builder("message.relay.retention.since", () -> retention.since().getEpochSecond())
        .description("Since when this process looks for old events, Unix time; 0 for not at all")
        .baseUnit("seconds")
        .register(meters);
    refusals(consumer.refusals(), "kept", RefusalLog::kept, meters);
    refusals(consumer.refusals(), "lost", RefusalLog::lost, meters);
  }

  private static void look(Runnable look) {
    Thread.ofPlatform().name("store-size").daemon().start(look);
  }

  private static void refusals(
      RefusalLog log, String result, ToDoubleFunction<RefusalLog> count, MeterRegistry meters) {
    FunctionCounter.builder("message.relay.refusals", log, count)
        .description("Refusals that were kept for a look, or found no room or no store")
        .tag("result", result)
        .register(meters);
  }

  void close(@Disposes EventConsumer consumer) {
    consumer.close();
  }

  @Produces
  @Singleton
  EventTally tally(EventConsumer consumer, MeterRegistry meters, Spans spans) {
    return new EventTally(meters, consumer.refusals(), new EventTraces(spans, Clock.systemUTC()));
  }

  @Produces
  @Singleton
  Spans spans(ConsumerSettings.Read read) {
    return read.settings()
        .traces()
        .map(collector -> OtlpSpans.open(collector, System::nanoTime))
        .orElse(Spans.NONE);
  }

  void close(@Disposes Spans spans) {
    spans.close();
  }

  @Produces
  @Singleton
  RefusalList refusals(EventConsumer consumer) {
    Database database = consumer.database();
    return new RefusalList(database.refusals(), database.events().storeId());
  }

  @Produces
  @Singleton
  EventJson json(EventConsumer consumer) {
    return consumer.json();
  }

  @Produces
  @Singleton
  Intake intake(EventConsumer consumer, MeterRegistry meters) {
    return new MeteredIntake(consumer.intake(), meters);
  }

  @Produces
  @Singleton
  EventList list(EventConsumer consumer) {
    return consumer.list();
  }

  @Produces
  @Singleton
  Streams streams(EventConsumer consumer) {
    return consumer.streams();
  }

  @Produces
  @Singleton
  Tail tail(EventConsumer consumer) {
    return consumer.tail();
  }

  @Produces
  @Singleton
  StoreReads reads(EventConsumer consumer) {
    return consumer.reads();
  }

  @Produces
  @Singleton
  EventStats stats(EventConsumer consumer) {
    return consumer.stats();
  }

  @Produces
  @Singleton
  Eraser eraser(EventConsumer consumer) {
    return new Eraser(consumer.database().erasure());
  }

  @Produces
  @Singleton
  TokenEndpoint tokenEndpoint(EventConsumer consumer) {
    return consumer.tokenEndpoint();
  }

  @Produces
  @Singleton
  Readiness readiness(EventConsumer consumer) {
    return new Readiness(
        consumer.intake()::isAccepting,
        consumer.database().events()::canCommit,
        Thread.ofPlatform().name("readiness").daemon()::start,
        System::nanoTime);
  }
}
