package io.messagerelay.propagator.source.outbox;

import io.messagerelay.servers.TestServer;

final class MysqlOutboxFaultsTest extends OutboxFaultsContract {
  @Override
  Server server() {
    return new Own(TestServer.own());
  }

  private record Own(TestServer server) implements Server {
    @Override
    public OutboxPlace newPlace() {
      return new MysqlPlace(server.newDatabase());
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
