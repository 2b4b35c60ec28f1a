package io.messagerelay.consumer.store;

import java.util.List;

/**
 * Takes events over that another store listed, at the places and with the times that they had
 * there. Shared by threads; made for a store that nobody else stores in meanwhile.
 */
public interface EventImport {

  /** What became of a batch. */
  sealed interface Outcome {
    /**
     * All of it is on disk.
     *
     * @param fresh how many were stored now; the others were there, at the same places
     */
    record Taken(int fresh) implements Outcome {}

    /**
     * Nothing of it was stored.
     *
     * @param index of the event that does not fit
     */
    record Refused(int index, String reason) implements Outcome {}
  }

  /**
   * Stores a batch in one transaction. The same batch again changes nothing.
   *
   * @param events in the order of their positions, behind those of earlier batches
   */
  Outcome take(List<StoredEvent> events) throws StoreException;
}
