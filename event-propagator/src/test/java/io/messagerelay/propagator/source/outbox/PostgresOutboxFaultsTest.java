package io.messagerelay.propagator.source.outbox;

import io.messagerelay.servers.TestPostgres;

final class PostgresOutboxFaultsTest extends OutboxFaultsContract {
  @Override
  Server server() {
    return new Own(TestPostgres.own());
  }

  private record Own(TestPostgres server) implements Server {
    @Override
    public OutboxPlace newPlace() {
      return new PostgresPlace(server.newDatabase());
    }

    @Override
    public void kill() {
      server.kill();
    }

    @Override
    public void start() {
      server.start();
    }

    @Override
    public void close() {
      server.close();
    }
  }
}
