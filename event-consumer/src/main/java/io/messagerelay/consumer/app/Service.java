package io.messagerelay.consumer.app;

import io.messagerelay.base.AotCache;
import io.messagerelay.base.Version;
import io.messagerelay.consumer.http.connection.ConnectionGate;
import io.messagerelay.consumer.http.connection.ListeningSocket;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of a run. The consumer is opened before the port is, and drained while it still is: who
 * asks meanwhile is told so.
 */
@Singleton
final class Service implements QuarkusApplication {
  /** Beyond the drain, for closing the store and the server. */
  private static final Duration CLOSING = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(Service.class);

  private final EventConsumer consumer;
  private final List<String> warnings;
  private final ConnectionGate gate;
  private final Vertx vertx;
  private final Beat beat;

  Service(
      EventConsumer consumer,
      ConsumerSettings.Read read,
      ConnectionGate gate,
      Vertx vertx,
      Beat beat) {
    this.consumer = consumer;
    this.gate = gate;
    this.vertx = vertx;
    this.beat = beat;
    this.warnings = read.warnings();
  }

  void open(@Observes StartupEvent starting) {
    consumer.start();
    beat.start();
    Ending.OF_THIS_RUN.get().waitsForStop(consumer.settings().drain().timeout().plus(CLOSING));
  }

  @Override
  public int run(String... arguments) {
    ListeningSocket.guard(vertx, gate);
    warnings.forEach(LOG::warn);
    ConsumerSettings settings = consumer.settings();
    OpenFiles.shortage(settings.edge().connections(), OpenFiles.most()).ifPresent(LOG::warn);
    settings.traces().ifPresent(collector -> LOG.info("traces go to {}", collector.endpoint()));
    consumer.schemas().ifPresent(watch -> LOG.info("{} in force", watch.schemas()));
    LOG.info(
        "event-consumer {} listens on {} and stores in {} ({})",
        Version.number(),
        settings.address(),
        settings.store(),
        AotCache.ofThisJvm());
    Quarkus.waitForExit();
    return 0;
  }

  /** The framework waits for this before it closes the port. */
  void drain(@Observes ShutdownDelayInitiatedEvent stopping) {
    LOG.info("stopping: no new events, those accepted are finished");
    consumer.drain();
  }
}
