package io.messagerelay.consumer.retention;

import io.messagerelay.consumer.store.EventErasure;
import io.messagerelay.consumer.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Erases events at a person's request, and logs who asked. Shared by threads; blocks. */
public final class Eraser {
  private static final Logger LOG = LoggerFactory.getLogger(Eraser.class);

  private final EventErasure erasure;

  public Eraser(EventErasure erasure) {
    this.erasure = erasure;
  }

  /**
   * @param account who asks
   * @return whether there is an event of this id
   */
  public boolean erase(String eventId, String account) throws StoreException {
    try {
      boolean found = erasure.erase(eventId);
      if (found) {
        LOG.info("{} erased the event {}", account, eventId);
      }
      return found;
    } catch (StoreException e) {
      LOG.warn("{}", e.getMessage());
      throw e;
    }
  }
}
