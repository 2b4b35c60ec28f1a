package io.messagerelay.consumer.store;

import io.messagerelay.contract.Event;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event as it was stored.
 *
 * @param position its place in the store's order, 1 or more
 * @param event one that was erased has the payload {@code null}, and neither key nor trace context
 * @param receivedTime when its group was committed, in whole microseconds
 * @param erasedTime when it was erased; {@code null} when it was not
 */
public record StoredEvent(
    long position, Event event, Instant receivedTime, @Nullable Instant erasedTime) {

  /** One that is there as it came. */
  public StoredEvent(long position, Event event, Instant receivedTime) {
    this(position, event, receivedTime, null);
  }
}
