package io.messagerelay.consumer.store;

import java.time.Instant;
import java.util.List;

/** Keeps refusals for a look, for all consumers of a store. Shared by threads; blocks. */
public interface RefusalStore {

  /** Keeps all of them, or none. */
  void keep(List<Refusal> refusals) throws StoreException;

  /**
   * Those before a number, newest first.
   *
   * @param before exclusive; {@link Long#MAX_VALUE} for the newest
   */
  List<Refusal.Kept> page(long before, int limit) throws StoreException;

  /**
   * Forgets at most {@code atMost} of those older than a time, or beyond the newest {@code most};
   * returns how many.
   */
  int forget(Instant before, long most, int atMost) throws StoreException;
}
