package io.messagerelay.propagator.source.outbox;

final class PostgresOutboxInspectionTest extends OutboxInspectionContract {
  @Override
  OutboxPlace place() {
    return PostgresPlace.shared();
  }
}
