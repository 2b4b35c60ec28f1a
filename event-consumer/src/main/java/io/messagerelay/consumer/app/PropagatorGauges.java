package io.messagerelay.consumer.app;

import io.messagerelay.consumer.overview.PropagatorReport;
import io.messagerelay.consumer.overview.Propagators;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What propagators report, as metrics: at most {@link Propagators#MOST} time series each, and none
 * of a propagator that was not heard of for an hour. Used by one thread.
 */
final class PropagatorGauges {
  private final Propagators propagators;
  private final MultiGauge pending;
  private final MultiGauge age;

  PropagatorGauges(Propagators propagators, MeterRegistry meters) {
    this.propagators = propagators;
    this.pending =
        MultiGauge.builder("message.relay.propagator.pending.events")
            .description("Events in the spool of a propagator, as it said last")
            .register(meters);
    this.age =
        MultiGauge.builder("message.relay.propagator.pending.age")
            .description("Age of the oldest of them, as it said last; 0 where none waits")
            .baseUnit("seconds")
            .register(meters);
  }

  void refresh() {
    List<PropagatorReport> reports =
        propagators.all().stream().map(Propagators.Heard::report).toList();
    pending.register(rows(reports, PropagatorReport::pending), true);
    age.register(rows(reports, report -> report.ageSeconds().orElse(0)), true);
  }

  private static List<MultiGauge.Row<?>> rows(
      List<PropagatorReport> reports, ToDoubleFunction<PropagatorReport> value) {
    return reports.stream()
        .<MultiGauge.Row<?>>map(
            report -> MultiGauge.Row.of(Tags.of("propagator", report.name()), report, value))
        .toList();
  }
}
