package io.messagerelay.consumer.store;

import io.messagerelay.contract.Event;
import io.messagerelay.contract.Payload;
import java.util.List;
import java.util.stream.IntStream;

/** Events for tests. */
public final class TestEvents {
  private TestEvents() {}

  public static Event event(String id) {
    return event(id, "order.created");
  }

  public static Event event(String id, String type) {
    return event(id, type, "payload of " + id);
  }

  public static Event event(String id, String type, String payload) {
    return new Event(id, type, Payload.ofString(payload), null, null);
  }

  /** Events {@code name-from} to {@code name-(to - 1)}. */
  public static List<Event> events(String name, int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> event(name + "-" + i)).toList();
  }
}
