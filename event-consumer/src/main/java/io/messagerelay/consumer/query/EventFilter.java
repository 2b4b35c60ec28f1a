package io.messagerelay.consumer.query;

import io.messagerelay.consumer.store.StoredEvent;
import io.messagerelay.contract.Event;
import io.messagerelay.contract.Payload;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which events a reader wants, but for when they came. This is the one meaning of a filter: a store
 * only leaves out by its indexes what cannot pass.
 *
 * @param types events of these, each once, or of a type that begins with one of the prefixes; with
 *     neither events of any type
 * @param prefixes as {@code types}; the empty one is that of all types
 * @param key only events of this key; {@code null} for any, and for events without
 * @param text only events in whose payload this occurs as it is written there, in upper or lower
 *     case; {@code null} for any
 * @param payload only events whose payload contains this; {@code null} for any. Nothing occurs in
 *     an event that was erased
 */
public record EventFilter(
    List<String> types,
    List<String> prefixes,
    @Nullable String key,
    @Nullable String text,
    @Nullable PayloadPattern payload) {

  /** Leaves nothing out. */
  public static final EventFilter ALL = new EventFilter(List.of(), List.of(), null, null, null);

  public EventFilter {
    types = types.stream().distinct().toList();
    prefixes = prefixes.stream().distinct().toList();
  }

  /** Leaves out events of other types. */
  public static EventFilter ofTypes(String... types) {
    return new EventFilter(List.of(types), List.of(), null, null, null);
  }

  /** Whether the reader wants this event. */
  public boolean test(StoredEvent stored) {
    Event event = stored.event();
    return isOfType(event.type())
        && (key == null || key.equals(event.key()))
        && ((text == null && payload == null)
            || (stored.erasedTime() == null && isIn(event.payload())));
  }

  private boolean isIn(Payload of) {
    return (text == null || occursIn(of.text(), text)) && (payload == null || payload.isIn(of));
  }

  /** Whether events of every type may pass. */
  public boolean isOfAnyType() {
    return types.isEmpty() && prefixes.isEmpty();
  }

  /** Whether events of this type may pass. */
  public boolean isOfType(String type) {
    return isOfAnyType() || types.contains(type) || prefixes.stream().anyMatch(type::startsWith);
  }

  private static boolean occursIn(String payload, String text) {
    int last = payload.length() - text.length();
    for (int at = 0; at <= last; at++) {
      if (payload.regionMatches(true, at, text, 0, text.length())) {
        return true;
      }
    }
    return false;
  }
}
