package io.messagerelay.consumer.query;

import io.messagerelay.consumer.store.EventStore;
import io.messagerelay.consumer.store.Page;
import io.messagerelay.consumer.store.StoreException;
import io.messagerelay.consumer.store.StoredEvent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * The list of events. Positions are given in commit order, so a reader who goes on behind the last
 * event it saw misses none. Shared by threads; blocks on the store.
 */
public final class EventList {
  /**
   * The most types that are looked for by index at once: each costs an entry of it for every event
   * of a slice.
   */
  static final int MOST_TYPES = 50;

  private final EventStore store;
  private final InstantSource clock;
  private final Reach reach;

  public EventList(EventStore store, InstantSource clock) {
    this(store, clock, Reach.OF_A_PAGE);
  }

  EventList(EventStore store, InstantSource clock, Reach reach) {
    this.store = store;
    this.clock = clock;
    this.reach = reach;
  }

  /** The event of this id. */
  public Optional<StoredEvent> find(String eventId) throws StoreException {
    return store.find(eventId);
  }

  /** The store whose cursors this list knows. */
  public String storeId() {
    return store.storeId();
  }

  /** As {@link EventQuery#read}, for this list and now. */
  public EventQuery.Reading query(Map<String, List<String>> parameters) {
    return EventQuery.read(parameters, store.storeId(), clock.instant());
  }

  /**
   * Looks at no more than 10,000 events, and at 16 Mi characters of their payloads.
   *
   * @return at most {@code limit} events; fewer, and even none, when there are no more, when they
   *     are very large, or when it took too many to find them: then the page has a {@code next}
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
    EventFilter filter = query.filter();
    boolean anyType = filter.prefixes().contains("");
    if (filter.prefixes().isEmpty() || anyType) {
      return read(query, from, before, anyType ? List.of() : filter.types());
    }
    // An event that comes while types are looked up may be of a new one. It is for the next page.
    long end = Math.min(before, end());
    Optional<List<String>> types = typesNow(filter);
    return types.isPresent() ? read(query, from, end, types.get()) : EventPage.EMPTY;
  }

  private EventPage read(EventQuery query, long from, long before, List<String> types)
      throws StoreException {
    Page whole = new Page(from, before, query.ascending(), types, query.limit());
    return new PageReading(store, query, whole, reach).read();
  }

  /**
   * The types that pass; of none for any, because too many do, and nothing when no event is of one.
   */
  private Optional<List<String>> typesNow(EventFilter filter) throws StoreException {
    var types = new TreeSet<>(filter.types());
    for (String prefix : filter.prefixes()) {
      types.addAll(store.types(prefix, MOST_TYPES + 1));
      if (types.size() > MOST_TYPES) {
        return Optional.of(List.of());
      }
    }
    return types.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(types));
  }

  /**
   * Where the events of this time begin. When none is as late yet, the list ends behind the newest
   * one, which is read first: what comes after it may be too late.
   */
  private long firstPositionFrom(Instant until) throws StoreException {
    long end = end();
    return store.firstPositionSince(until).orElse(end);
  }

  /** Behind the newest event. */
  private long end() throws StoreException {
    List<StoredEvent> newest = store.page(new Page(1, Long.MAX_VALUE, false, List.of(), 1));
    return newest.isEmpty() ? 1 : newest.getFirst().position() + 1;
  }
}
