package io.messagerelay.consumer.query;

import io.messagerelay.consumer.store.EventStore;
import io.messagerelay.consumer.store.Page;
import io.messagerelay.consumer.store.StoreException;
import io.messagerelay.consumer.store.StoredEvent;
import io.messagerelay.contract.Event;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A store that counts what is read from it. Used by one thread. */
final class CountingStore implements EventStore {
  /** What happens when types have been looked up. */
  interface Meanwhile {
    void happens() throws StoreException;
  }

  private final EventStore store;
  private Meanwhile afterTypes = () -> {};
  private int events;
  private long characters;
  private int pages;

  CountingStore(EventStore store) {
    this.store = store;
  }

  int events() {
    return events;
  }

  long characters() {
    return characters;
  }

  int pages() {
    return pages;
  }

  void reset() {
    events = 0;
    characters = 0;
    pages = 0;
  }

  void afterTypes(Meanwhile meanwhile) {
    afterTypes = meanwhile;
  }

  @Override
  public List<StoredEvent> page(Page page) throws StoreException {
    List<StoredEvent> read = store.page(page);
    pages++;
    events += read.size();
    read.forEach(event -> characters += event.event().payload().text().length());
    return read;
  }

  @Override
  public List<String> types(String prefix, int most) throws StoreException {
    List<String> types = store.types(prefix, most);
    afterTypes.happens();
    return types;
  }

  @Override
  public List<Appended> append(List<Event> group) throws StoreException {
    return store.append(group);
  }

  @Override
  public Optional<StoredEvent> find(String eventId) throws StoreException {
    return store.find(eventId);
  }

  @Override
  public OptionalLong firstPositionSince(Instant time) throws StoreException {
    return store.firstPositionSince(time);
  }

  @Override
  public String storeId() {
    return store.storeId();
  }

  @Override
  public boolean canCommit() {
    return store.canCommit();
  }
}
