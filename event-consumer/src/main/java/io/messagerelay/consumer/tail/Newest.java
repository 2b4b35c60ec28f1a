package io.messagerelay.consumer.tail;

import io.messagerelay.consumer.query.EventFilter;
import io.messagerelay.consumer.query.EventList;
import io.messagerelay.consumer.query.EventQuery;
import io.messagerelay.consumer.store.StoreException;
import io.messagerelay.consumer.store.StoredEvent;

/** The end of the list as it is now. */
final class Newest {
  private static final EventQuery QUERY =
      new EventQuery(1, false, EventFilter.ALL, null, null, null);

  private Newest() {}

  /** 0 in an empty store. */
  static long positionIn(EventList list) throws StoreException {
    return list.read(QUERY).events().stream()
        .mapToLong(StoredEvent::position)
        .findFirst()
        .orElse(0);
  }
}
