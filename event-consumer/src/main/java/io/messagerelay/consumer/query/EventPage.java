package io.messagerelay.consumer.query;

import io.messagerelay.consumer.store.StoredEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a reader gets at once.
 *
 * @param events in the order that was asked for
 * @param next where to go on; {@code null} when there is nothing to say. Going forwards, every page
 *     with events has one, because more may come: who follows the list keeps the last one and asks
 *     again. Going backwards, only a page that was filled has one.
 */
public record EventPage(List<StoredEvent> events, @Nullable Cursor next) {
  static final EventPage EMPTY = new EventPage(List.of(), null);

  public EventPage {
    events = List.copyOf(events);
  }
}
