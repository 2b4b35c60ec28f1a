package io.messagerelay.propagator.source.outbox;

final class MysqlOutboxMarkTest extends OutboxMarkContract {
  @Override
  OutboxPlace place() {
    return MysqlPlace.shared();
  }
}
