package io.messagerelay.consumer.app;

import io.messagerelay.consumer.schema.Schemas;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets schemas look at their folder each second, on a thread of its own. */
record SchemaWatch(Schemas schemas, ScheduledExecutorService thread) implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SchemaWatch.class);

  SchemaWatch(Schemas schemas) {
    this(
        schemas,
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("schemas").daemon().factory()));
  }

  void start() {
    var _ = thread.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
  }

  private void look() {
    try {
      schemas.look();
    } catch (RuntimeException e) {
      LOG.error("schemas cannot be read again by a fault of this program", e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
