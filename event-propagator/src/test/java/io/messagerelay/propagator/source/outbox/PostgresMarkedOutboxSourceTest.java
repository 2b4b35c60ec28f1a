package io.messagerelay.propagator.source.outbox;

final class PostgresMarkedOutboxSourceTest extends OutboxSourceContract {
  PostgresMarkedOutboxSourceTest() {
    super(PostgresPlace.shared(), Done.MARK);
  }
}
