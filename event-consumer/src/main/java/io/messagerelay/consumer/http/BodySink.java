package io.messagerelay.consumer.http;

import io.vertx.core.buffer.Buffer;

/** Takes a body as it arrives and makes something of it. Used by one event loop. */
interface BodySink<T> {
  void take(Buffer chunk);

  /** After the last chunk, once. */
  T finish();
}
