package io.messagerelay.propagator.source.outbox;

final class PostgresOutboxSourceTest extends OutboxSourceContract {
  PostgresOutboxSourceTest() {
    super(PostgresPlace.shared(), Done.DELETE);
  }
}
