package io.messagerelay.propagator.source.outbox;

final class PostgresOutboxTest extends OutboxContract {
  @Override
  OutboxPlace place() {
    return PostgresPlace.shared();
  }
}
