package io.messagerelay.consumer.store;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Finds and removes the oldest events, in small pieces. Shared by threads. */
public interface RetentionStore {

  /** The last position that was given; 0 for none. */
  long lastPosition() throws StoreException;

  /** The first type behind this one, in the store's own order, that an event has. */
  Optional<String> typeAfter(String type) throws StoreException;

  /** The lowest positions of a cut, in their order. */
  List<Long> oldest(Cut cut, int limit) throws StoreException;

  /** How many events a cut has; {@code atMost} when they are as many or more. */
  long count(Cut cut, long atMost) throws StoreException;

  /** The events at these positions that are there, in their order. */
  List<StoredEvent> read(List<Long> positions) throws StoreException;

  /** Takes the turn, or keeps it; false while it is somebody else's. */
  boolean take(Turn turn) throws StoreException;

  /** Gives it back, if it is this one's. */
  void giveBack(String holder) throws StoreException;

  /**
   * Removes the events at these positions in one transaction, which keeps the turn and counts them
   * as removed. Their ids are forgotten; their positions are not given again.
   *
   * @return how many there were; empty when the turn is somebody else's, and nothing was removed
   */
  OptionalInt remove(Turn turn, List<Long> positions) throws StoreException;
}
