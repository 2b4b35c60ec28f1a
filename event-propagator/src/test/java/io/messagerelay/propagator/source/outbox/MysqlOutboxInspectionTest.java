package io.messagerelay.propagator.source.outbox;

final class MysqlOutboxInspectionTest extends OutboxInspectionContract {
  @Override
  OutboxPlace place() {
    return MysqlPlace.shared();
  }
}
