package io.messagerelay.propagator.source.outbox;

final class MysqlMarkedOutboxSourceTest extends OutboxSourceContract {
  MysqlMarkedOutboxSourceTest() {
    super(MysqlPlace.shared(), Done.MARK);
  }
}
