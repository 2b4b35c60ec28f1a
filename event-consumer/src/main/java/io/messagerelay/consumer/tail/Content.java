package io.messagerelay.consumer.tail;

import io.messagerelay.consumer.store.StoreException;
import java.util.Set;

/**
 * What one stream tells. Used by one thread, but for {@link #isAbout}; whoever made it closes it.
 */
public interface Content extends AutoCloseable {
  /** What {@link #write} returns when all was told. */
  long ENDED = -1;

  /**
   * Writes what there is, as long as there is room for it.
   *
   * @param now by the clock that only goes forward, in nanoseconds
   * @return nanoseconds until there may be more, 0 for at once; or {@link #ENDED}
   * @throws StoreException when the store could not be read; what was not written comes next time
   */
  long write(Outlet outlet, long now) throws StoreException;

  /** Whether it has no end of its own, so that it may be ended anywhere. */
  boolean isLive();

  /** Whether there may be more to tell when events of these types have come. On any thread. */
  boolean isAbout(Set<String> types);

  @Override
  void close();
}
