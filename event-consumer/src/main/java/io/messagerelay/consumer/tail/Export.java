package io.messagerelay.consumer.tail;

import io.messagerelay.consumer.query.Cursor;
import io.messagerelay.consumer.query.EventQuery;
import io.messagerelay.consumer.store.StoreException;
import io.messagerelay.consumer.store.StoredEvent;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All that a query finds, up to the newest event at its begin. Each page is one short read: an
 * export of any length pins nothing in the store.
 */
public final class Export implements Content {
  private final StoredEvents events;

  /** Forwards there is no other end; backwards the first page begins at the newest. */
  private final long before;

  private @Nullable Cursor place;
  private long left;

  private Export(StoredEvents events, @Nullable Cursor start, long before, long most) {
    this.events = events;
    this.place = start;
    this.before = before;
    this.left = most;
  }

  /**
   * Begins one. Blocks on the store.
   *
   * @param query its limit does not matter
   * @param most events at most
   * @param rendering of an event, for the reader
   */
  public static Export begin(
      StoreReads reads, EventQuery query, long most, Function<StoredEvent, byte[]> rendering)
      throws StoreException {
    long newest = reads.read(Newest::positionIn);
    return new Export(
        new StoredEvents(reads, query, rendering),
        query.cursor(),
        query.ascending() ? newest + 1 : Long.MAX_VALUE,
        most);
  }

  @Override
  public long write(Outlet outlet, long now) throws StoreException {
    StoredEvents.Written written = events.write(place, outlet, left, before);
    place = written.reached();
    left -= written.events();
    return left == 0 || written.atEnd() ? ENDED : 0;
  }

  @Override
  public boolean isLive() {
    return false;
  }

  @Override
  public boolean isAbout(Set<String> types) {
    return false;
  }

  @Override
  public void close() {}
}
