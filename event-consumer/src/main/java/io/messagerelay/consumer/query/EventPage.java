package io.messagerelay.consumer.query;

import io.messagerelay.consumer.store.StoredEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a reader gets at once.
 *
 * @param events in the order that was asked for
 * @param next where to go on; {@code null} when there is nothing to say. A page may be empty and
 *     have one, when the reading for it ended before anything passed the filter: a walk ends with
 *     the page that has none. Going forwards, every page that got further has one, because more may
 *     come: who follows the list keeps the last one and asks again. Going backwards, only a page
 *     behind which there may be more.
 */
public record EventPage(List<StoredEvent> events, @Nullable Cursor next) {
  static final EventPage EMPTY = new EventPage(List.of(), null);

  public EventPage {
    events = List.copyOf(events);
  }
}
