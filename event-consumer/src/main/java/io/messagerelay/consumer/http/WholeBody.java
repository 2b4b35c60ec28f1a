package io.messagerelay.consumer.http;

import io.vertx.core.buffer.Buffer;
import java.util.function.Function;

/** Gathers the whole body, reads it at the end, and keeps nothing of it. */
final class WholeBody<T> implements BodySink<T> {
  private Buffer body = Buffer.buffer();
  private final Function<byte[], T> reader;

  WholeBody(Function<byte[], T> reader) {
    this.reader = reader;
  }

  @Override
  public void take(Buffer chunk) {
    body.appendBuffer(chunk);
  }

  @Override
  public T finish() {
    byte[] whole = body.getBytes();
    body = Buffer.buffer();
    return reader.apply(whole);
  }
}
