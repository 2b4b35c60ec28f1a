package io.messagerelay.consumer.store;

import io.messagerelay.contract.Event;
import java.time.Instant;

/**
 * An event as it was stored.
 *
 * @param position its place in the store's order, 1 or more
 * @param receivedTime when its group was committed, in whole microseconds
 */
public record StoredEvent(long position, Event event, Instant receivedTime) {}
