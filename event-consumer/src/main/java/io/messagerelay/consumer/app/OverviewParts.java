package io.messagerelay.consumer.app;

import io.messagerelay.base.Version;
import io.messagerelay.consumer.http.EventTally;
import io.messagerelay.consumer.http.OverviewResource;
import io.messagerelay.consumer.http.Readiness;
import io.messagerelay.consumer.intake.GroupCommit;
import io.messagerelay.consumer.log.LogLevels;
import io.messagerelay.consumer.overview.Activity;
import io.messagerelay.consumer.overview.Counters;
import io.messagerelay.consumer.overview.Propagators;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** What tells how this process does. */
@Singleton
final class OverviewParts {

  /** Counted where events are answered for and where they wait. */
  private record Counted(EventTally tally, GroupCommit intake) implements Counters {
    @Override
    public long stored() {
      return tally.stored();
    }

    @Override
    public long refused() {
      return tally.refused();
    }

    @Override
    public int queuedEvents() {
      return intake.counts().waitingEvents();
    }

    @Override
    public long queuedBytes() {
      return intake.counts().waitingBytes();
    }
  }

  @Produces
  @Singleton
  Activity activity(EventConsumer consumer, EventTally tally) {
    return new Activity(
        new Counted(tally, consumer.intake()),
        consumer.commits(),
        Clock.systemUTC(),
        System::nanoTime);
  }

  @Produces
  @Singleton
  Propagators propagators() {
    return new Propagators(Clock.systemUTC());
  }

  @Produces
  @Singleton
  OverviewResource.Service service(ConsumerSettings.Read read) {
    return new OverviewResource.Service(Version.number(), read.settings().store().toString());
  }

  @Produces
  @Singleton
  LogLevels levels() {
    return new LogLevels(Clock.systemUTC());
  }

  @Produces
  @Singleton
  Beat beat(
      Activity activity,
      Propagators propagators,
      LogLevels levels,
      Readiness readiness,
      MeterRegistry meters) {
    Gauge.builder("message.relay.ready", readiness, r -> r.isReady() ? 1 : 0)
        .description("Whether events should be sent here, as /ready says")
        .register(meters);
    Gauge.builder("message.relay.build.info", () -> 1)
        .description("What this process is, always 1")
        .tag("version", Version.number())
        .tag("java", Runtime.version().toString())
        .register(meters);
    var gauges = new PropagatorGauges(propagators, meters);
    return new Beat(activity::tick, gauges::refresh, levels::tick);
  }
}
