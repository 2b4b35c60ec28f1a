package io.messagerelay.consumer.tail;

import io.messagerelay.consumer.query.Cursor;
import io.messagerelay.consumer.query.EventList;
import io.messagerelay.consumer.query.EventPage;
import io.messagerelay.consumer.query.EventQuery;
import io.messagerelay.consumer.store.StoreException;
import io.messagerelay.consumer.store.StoredEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a query finds in the store, read in short pages as its reader takes it. What there is no
 * room for is read again: nothing is kept for a slow reader. Used by one thread at a time.
 */
final class StoredEvents {
  private static final int FIRST_PAGE = 16;

  /** Of the largest events one fills a reader's room. */
  private static final int SMALLEST_PAGE = 2;

  private static final int LARGEST_PAGE = 512;

  private final StoreReads reads;
  private final EventQuery query;
  private final Function<StoredEvent, byte[]> rendering;
  private int pageSize = FIRST_PAGE;

  /**
   * @param query its limit and its cursor do not matter
   * @param rendering of an event, for the reader
   */
  StoredEvents(StoreReads reads, EventQuery query, Function<StoredEvent, byte[]> rendering) {
    this.reads = reads;
    this.query = query;
    this.rendering = rendering;
  }

  /**
   * What was written of a page.
   *
   * @param events how many
   * @param reached where to go on; {@code null} for the beginning
   * @param atEnd whether there was no more when the store was read
   */
  record Written(int events, @Nullable Cursor reached, boolean atEnd) {}

  /**
   * Writes a page, or as much of it as there is room for.
   *
   * @param from {@code null} for the beginning
   * @param most so many events at most
   * @param before ends ahead of the first event that is not below this position
   */
  Written write(@Nullable Cursor from, Outlet outlet, long most, long before)
      throws StoreException {
    return reads.read(list -> write(list, from, outlet, most, before));
  }

  /** All on the thread that reads, so that no more pages are in memory than there are of those. */
  private Written write(
      EventList list, @Nullable Cursor from, Outlet outlet, long most, long before)
      throws StoreException {
    EventPage page = list.read(at(from, (int) Math.min(pageSize, most)));
    List<StoredEvent> wanted =
        page.events().stream().takeWhile(event -> event.position() < before).toList();
    int written = write(wanted, outlet);
    pageSize = Math.clamp(2L * written, SMALLEST_PAGE, LARGEST_PAGE);
    Cursor reached = written == 0 ? from : behind(wanted.get(written - 1));
    if (written < wanted.size()) {
      return new Written(written, reached, false);
    }
    Cursor next = page.next();
    return next == null || wanted.size() < page.events().size()
        ? new Written(written, reached, true)
        : new Written(written, next, next.position() + 1 >= before);
  }

  private int write(List<StoredEvent> wanted, Outlet outlet) {
    List<byte[]> pieces = new ArrayList<>();
    long bytes = 0;
    for (StoredEvent event : wanted) {
      if (outlet.isFull(bytes)) {
        break;
      }
      pieces.add(rendering.apply(event));
      bytes += pieces.getLast().length;
    }
    outlet.write(pieces);
    return pieces.size();
  }

  private Cursor behind(StoredEvent event) {
    return new Cursor(reads.storeId(), event.position(), query.ascending());
  }

  private EventQuery at(@Nullable Cursor place, int limit) {
    return new EventQuery(
        limit, query.ascending(), query.filter(), query.since(), query.until(), place);
  }
}
