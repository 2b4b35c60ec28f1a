package io.messagerelay.propagator.spool;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An item on its way into the spool. */
public sealed interface NewEntry {
  String place();

  byte[] body();

  /**
   * To be delivered. {@code body} is the JSON object as it goes over the wire, its {@code event_id}
   * included.
   */
  record Deliverable(String eventId, @Nullable String eventKey, String place, byte[] body)
      implements NewEntry {}

  /**
   * No consumer could store it: a dead letter from the start. {@code body} is the item as it stood
   * in the source.
   */
  record Unusable(String place, byte[] body, List<String> reasons) implements NewEntry {
    public Unusable {
      reasons = List.copyOf(reasons);
    }
  }
}
