package io.messagerelay.consumer.store;

/** How much room a store takes. Shared by threads. */
interface Extent {

  /** The write-ahead log; 0 where the database has none of its own. Does not wait. */
  long logBytes();

  /** All else, in bytes. May wait for the store. */
  long bytes() throws StoreException;
}
