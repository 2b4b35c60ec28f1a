package io.messagerelay.propagator.source.outbox;

final class PostgresOutboxMarkTest extends OutboxMarkContract {
  @Override
  OutboxPlace place() {
    return PostgresPlace.shared();
  }
}
