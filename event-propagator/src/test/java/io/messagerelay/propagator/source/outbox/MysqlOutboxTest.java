package io.messagerelay.propagator.source.outbox;

final class MysqlOutboxTest extends OutboxContract {
  @Override
  OutboxPlace place() {
    return MysqlPlace.shared();
  }
}
