package io.messagerelay.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of giving a source's item its id and key. */
public sealed interface Addressing {
  /**
   * The item can be sent.
   *
   * @param eventId its own id, or the one that was given
   * @param eventKey its key; {@code null} for none
   * @param body the JSON object as it goes over the wire: the source's bytes, with an {@code
   *     event_id} and an {@code event_key} put in front where they had none and are given one
   */
  record Addressed(String eventId, @Nullable String eventKey, byte[] body) implements Addressing {}

  /**
   * Not a JSON object, too large, or with an id or key that is none: no consumer could store it.
   */
  record Unusable(List<Fault> faults) implements Addressing {
    public Unusable {
      faults = List.copyOf(faults);
    }
  }
}
