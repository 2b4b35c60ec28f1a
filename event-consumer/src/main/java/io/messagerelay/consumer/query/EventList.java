package io.messagerelay.consumer.query;

import io.messagerelay.consumer.store.EventStore;
import io.messagerelay.consumer.store.Page;
import io.messagerelay.consumer.store.StoreException;
import io.messagerelay.consumer.store.StoredEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The list of events. Positions are given in commit order, so a reader who goes on behind the last
 * event it saw misses none. Shared by threads; blocks on the store.
 */
public final class EventList {
  /** The first read of the store: it takes little memory, also when every event is large. */
  private static final int FIRST_SLICE = 16;

  /** Each further read takes twice as many, up to this: it is known by then how large they are. */
  private static final int LARGEST_SLICE = 128;

  /** A page ends behind the event that takes its payloads to this many characters. */
  private static final long PAGE_CHARACTERS = 2L * 1024 * 1024;

  private final EventStore store;

  public EventList(EventStore store) {
    this.store = store;
  }

  /** The event of this id. */
  public Optional<StoredEvent> find(String eventId) throws StoreException {
    return store.find(eventId);
  }

  /** The store whose cursors this list knows. */
  public String storeId() {
    return store.storeId();
  }

  /**
   * @return at most {@code limit} events; fewer when there are no more, and also when they are very
   *     large: then the page has a {@code next}
   */
  public EventPage read(EventQuery query) throws StoreException {
    long from = 1;
    long before = Long.MAX_VALUE;
    if (query.since() != null) {
      OptionalLong first = store.firstPositionSince(query.since());
      if (first.isEmpty()) {
        return EventPage.EMPTY;
      }
      from = first.getAsLong();
    }
    if (query.until() != null) {
      before = firstPositionFrom(query.until());
    }
    Cursor cursor = query.cursor();
    if (cursor != null && query.ascending()) {
      from = Math.max(from, cursor.position() + 1);
    } else if (cursor != null) {
      before = Math.min(before, cursor.position());
    }
    return read(query, from, before);
  }

  private EventPage read(EventQuery query, long from, long before) throws StoreException {
    List<StoredEvent> events = new ArrayList<>();
    long characters = 0;
    int slice = FIRST_SLICE;
    boolean more = true;
    while (more && events.size() < query.limit() && characters < PAGE_CHARACTERS) {
      int asked = Math.min(slice, query.limit() - events.size());
      List<StoredEvent> read =
          store.page(new Page(from, before, query.ascending(), query.types(), asked));
      for (StoredEvent event : read) {
        from = query.ascending() ? event.position() + 1 : from;
        before = query.ascending() ? before : event.position();
        events.add(event);
        characters += event.event().payload().text().length();
      }
      more = read.size() == asked;
      slice = Math.min(2 * slice, LARGEST_SLICE);
    }
    boolean goesOn = !events.isEmpty() && (query.ascending() || more);
    return new EventPage(events, goesOn ? behind(events.getLast(), query.ascending()) : null);
  }

  /**
   * Where the events of this time begin. When none is as late yet, the list ends behind the newest
   * one, which is read first: what comes after it may be too late.
   */
  private long firstPositionFrom(Instant until) throws StoreException {
    List<StoredEvent> newest = store.page(new Page(1, Long.MAX_VALUE, false, List.of(), 1));
    long end = newest.isEmpty() ? 1 : newest.getFirst().position() + 1;
    return store.firstPositionSince(until).orElse(end);
  }

  private Cursor behind(StoredEvent last, boolean ascending) {
    return new Cursor(store.storeId(), last.position(), ascending);
  }
}
