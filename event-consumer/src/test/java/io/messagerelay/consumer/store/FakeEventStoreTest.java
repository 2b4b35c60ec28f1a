package io.messagerelay.consumer.store;

final class FakeEventStoreTest extends EventStoreContract {
  private final FakeEventStore store = new FakeEventStore(clock);

  @Override
  EventStore store() {
    return store;
  }

  @Override
  void refuse(String type) {
    store.refuse(event -> event.type().equals(type));
  }
}
