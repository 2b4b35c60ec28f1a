package io.messagerelay.consumer.app;

import io.messagerelay.consumer.http.AnswerRoom;
import io.messagerelay.consumer.http.Budget;
import io.messagerelay.consumer.http.ClientLimits;
import io.messagerelay.consumer.http.Cors;
import io.messagerelay.consumer.http.Guard;
import io.messagerelay.consumer.http.RequestBodies;
import io.messagerelay.consumer.http.RequestIds;
import io.messagerelay.consumer.http.Senders;
import io.messagerelay.consumer.http.connection.ClientAddress;
import io.messagerelay.consumer.http.connection.ConnectionGate;
import io.messagerelay.consumer.http.connection.ConnectionLimits;
import io.messagerelay.consumer.http.connection.LimitTally;
import io.messagerelay.consumer.overview.Propagators;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;

/** The parts that stand between the clients and the endpoints. */
@Singleton
final class EdgeParts {
  private final ConsumerSettings settings;
  private final LimitTally tally;

  EdgeParts(ConsumerSettings.Read read, MeterRegistry meters) {
    this.settings = read.settings();
    this.tally = new LimitTally(meters);
  }

  @Produces
  @Singleton
  LimitTally tally() {
    return tally;
  }

  @Produces
  @Singleton
  ConnectionGate gate(MeterRegistry meters) {
    EdgeSettings edge = settings.edge();
    var limits =
        new ConnectionLimits(
            edge.connections(),
            edge.addressConnections(),
            settings.requestTimeout(),
            settings.streams().stall());
    var gate = new ConnectionGate(limits, edge.proxies(), tally);
    Gauge.builder("message.relay.connections", gate::open)
        .description("Connections that are open")
        .register(meters);
    Gauge.builder("message.relay.answer.waiting.bytes", gate::untakenBytes)
        .description("Memory of answers and streams that their readers have not taken yet")
        .baseUnit("bytes")
        .register(meters);
    return gate;
  }

  @Produces
  @Singleton
  ClientLimits clients(MeterRegistry meters) {
    EdgeSettings edge = settings.edge();
    var clients =
        new ClientLimits(
            edge.requests(),
            new ClientAddress(edge.proxies(), edge.proxyHeader()),
            tally,
            System::nanoTime);
    Gauge.builder("message.relay.requests", clients::underWay)
        .description("Requests that are under way, streams included")
        .register(meters);
    return clients;
  }

  @Produces
  @Singleton
  AnswerRoom room(ConnectionGate gate) {
    return new AnswerRoom(gate::untakenBytes, tally);
  }

  @Produces
  @Singleton
  Cors cors() {
    return settings.edge().cors();
  }

  @Produces
  @Singleton
  Guard guard(EventConsumer consumer, ClientLimits clients) {
    return new Guard(consumer.accessTokens(), clients);
  }

  @Produces
  @Singleton
  RequestIds ids() {
    return new RequestIds(new SecureRandom().nextLong());
  }

  @Produces
  @Singleton
  Senders senders(Guard guard, Budget budget, Propagators propagators) {
    return new Senders(guard, budget, propagators, Clock.systemUTC());
  }

  @Produces
  @Singleton
  Budget budget() {
    return settings
        .eventsPerSecond()
        .map(events -> Budget.ofEventsPerSecond(events, System::nanoTime, tally))
        .orElseGet(Budget::unlimited);
  }

  @Produces
  @Singleton
  RequestBodies bodies() {
    return new RequestBodies(settings.requestTimeout(), tally);
  }
}
