package io.messagerelay.propagator.management;

import io.messagerelay.base.Version;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** All meters of a run but those that look at it: of requests, of the JVM, and of the build. */
final class Meters implements AutoCloseable {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final RequestMeters requests;

  /** The label of all that is ours, but for the build. */
  private final Tags tags;

  Meters(String spool) {
    tags = Tags.of("spool", spool);
    requests = new RequestMeters(registry, tags);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    collections.bindTo(registry);
    Gauge.builder("message.relay.build.info", () -> 1)
        .description("What runs")
        .tags("version", Version.number(), "java", Runtime.version().toString())
        .register(registry);
  }

  Tags tags() {
    return tags;
  }

  PrometheusMeterRegistry registry() {
    return registry;
  }

  RequestMeters requests() {
    return requests;
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
