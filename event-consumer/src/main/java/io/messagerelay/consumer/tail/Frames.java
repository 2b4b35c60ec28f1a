package io.messagerelay.consumer.tail;

import io.messagerelay.consumer.query.Cursor;
import io.messagerelay.consumer.store.StoredEvent;

/** How a live stream is written. Stateless. */
public interface Frames {

  /** What every stream begins with: where it stands, so that a reader who loses it comes back. */
  byte[] greeting(Cursor start);

  /** An event. The same for all readers. */
  byte[] event(Cursor at, StoredEvent event);

  /** Only how far the stream has come. */
  byte[] position(Cursor at);

  /** Nothing, to show that somebody is there. */
  byte[] heartbeat();
}
