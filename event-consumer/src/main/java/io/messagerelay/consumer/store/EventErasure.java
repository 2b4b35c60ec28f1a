package io.messagerelay.consumer.store;

/** Takes away what an event carried. Shared by threads. */
public interface EventErasure {

  /**
   * Erases payload, key and trace context of an event, for good. Its row keeps position, id, type,
   * received time and digest, so a late repeat of it is still told from another event. Erasing
   * again changes nothing.
   *
   * <p>When this returns, the change is on disk, and the database's current files hold nothing of
   * what was erased as far as the database can see to that. When it throws, nothing or all may be
   * done: try again.
   *
   * @return whether there is an event of this id
   */
  boolean erase(String eventId) throws StoreException;
}
