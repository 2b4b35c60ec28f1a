package io.messagerelay.consumer.query;

import io.messagerelay.consumer.store.EventStore;
import io.messagerelay.consumer.store.Page;
import io.messagerelay.consumer.store.StoreException;
import io.messagerelay.consumer.store.StoredEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads one page of a query, slice by slice, and keeps what passes its filter. Used by one thread,
 * once.
 */
final class PageReading {
  /** A page ends behind the event that takes its own payloads to this many characters. */
  private static final long PAGE_CHARACTERS = 2L * 1024 * 1024;

  /** The first slice takes little memory, also when every event is large. */
  private static final int FIRST_SLICE = 16;

  /** Each further one is twice as large, up to this: of the largest events it is a whole page. */
  private static final int LARGEST_SLICE = 64;

  private final EventStore store;
  private final EventQuery query;
  private final Reach reach;
  private final List<StoredEvent> kept = new ArrayList<>();
  private Page next;
  private long keptCharacters;
  private int seen;
  private long seenCharacters;
  private long last;

  /**
   * @param whole all that the query asks for, as far as the store's indexes can tell
   */
  PageReading(EventStore store, EventQuery query, Page whole, Reach reach) {
    this.store = store;
    this.query = query;
    this.next = whole;
    this.reach = reach;
  }

  EventPage read() throws StoreException {
    boolean more = true;
    int slice = FIRST_SLICE;
    int left = reach.left(0, 0);
    while (more && !isFull() && left > 0) {
      int asked = Math.min(Math.min(slice, left), missing());
      List<StoredEvent> events = store.page(next.limitedTo(asked));
      more = takeFrom(events) < events.size() || events.size() == asked;
      slice = Math.min(2 * slice, LARGEST_SLICE);
      left = reach.left(seen, seenCharacters);
    }
    boolean goesOn = seen > 0 && (query.ascending() || more);
    return new EventPage(
        kept, goesOn ? new Cursor(store.storeId(), last, query.ascending()) : null);
  }

  /** Looks at events until the page is full; tells at how many. */
  private int takeFrom(List<StoredEvent> events) {
    int taken = 0;
    while (taken < events.size() && !isFull()) {
      StoredEvent event = events.get(taken++);
      int characters = event.event().payload().text().length();
      seen++;
      seenCharacters += characters;
      last = event.position();
      if (query.filter().test(event)) {
        kept.add(event);
        keptCharacters += characters;
      }
    }
    if (taken > 0) {
      next = next.behind(last);
    }
    return taken;
  }

  private boolean isFull() {
    return kept.size() == query.limit() || keptCharacters >= PAGE_CHARACTERS;
  }

  /** As many as the page lacks, as long as every event passed; otherwise nobody can tell. */
  private int missing() {
    return kept.size() == seen ? query.limit() - kept.size() : LARGEST_SLICE;
  }
}
