package io.messagerelay.consumer.tail;

import io.messagerelay.consumer.query.EventList;
import io.messagerelay.consumer.store.StoreException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * Reads the store for all streams, on a few threads of its own: however many readers catch up, the
 * intake and the list find the store and the processors free. Shared by threads.
 */
public final class StoreReads {
  private final EventList list;
  private final Executor threads;

  /**
   * @param threads as many as reads may be under way; not virtual ones, for a database's library
   *     may keep the processor while it waits
   */
  public StoreReads(EventList list, Executor threads) {
    this.list = list;
    this.threads = threads;
  }

  /** One short read. */
  interface Read<T> {
    T from(EventList list) throws StoreException;
  }

  /** Waits for its turn and for the store. */
  <T> T read(Read<T> read) throws StoreException {
    var result = new CompletableFuture<T>();
    threads.execute(
        () -> {
          try {
            result.complete(read.from(list));
          } catch (StoreException | RuntimeException e) {
            result.completeExceptionally(e);
          }
        });
    try {
      return result.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof StoreException away) {
        throw away;
      }
      throw e;
    }
  }

  /** The store whose cursors these are. */
  public String storeId() {
    return list.storeId();
  }
}
