package io.messagerelay.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of reading one event. */
public sealed interface Reading {
  /** Every rule holds. */
  record Valid(Event event) implements Reading {}

  /**
   * At least one rule does not hold.
   *
   * @param eventId the event's own id where it could be read and is one, so that its sender can
   *     tell which event is meant
   * @param faults all that is wrong, in the order of the document, at most {@link
   *     EventJson#MOST_FAULTS}; never empty
   */
  record Faulty(@Nullable String eventId, List<Fault> faults, Glimpse glimpse) implements Reading {
    public Faulty {
      faults = List.copyOf(faults);
    }
  }

  /** Larger than {@link EventLimits#EVENT_BYTES}; {@code eventId} as in {@link Faulty}. */
  record TooLarge(@Nullable String eventId, int bytes) implements Reading {}
}
