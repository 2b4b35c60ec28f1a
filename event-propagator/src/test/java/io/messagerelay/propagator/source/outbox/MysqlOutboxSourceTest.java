package io.messagerelay.propagator.source.outbox;

final class MysqlOutboxSourceTest extends OutboxSourceContract {
  MysqlOutboxSourceTest() {
    super(MysqlPlace.shared(), Done.DELETE);
  }
}
