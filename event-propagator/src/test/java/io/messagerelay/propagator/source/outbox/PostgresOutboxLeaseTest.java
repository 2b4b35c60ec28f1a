package io.messagerelay.propagator.source.outbox;

final class PostgresOutboxLeaseTest extends OutboxLeaseContract {
  @Override
  OutboxPlace place() {
    return PostgresPlace.shared();
  }
}
