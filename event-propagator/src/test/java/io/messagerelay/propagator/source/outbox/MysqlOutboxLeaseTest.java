package io.messagerelay.propagator.source.outbox;

final class MysqlOutboxLeaseTest extends OutboxLeaseContract {
  @Override
  OutboxPlace place() {
    return MysqlPlace.shared();
  }
}
