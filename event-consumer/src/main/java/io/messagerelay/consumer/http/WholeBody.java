package io.messagerelay.consumer.http;

import io.vertx.core.buffer.Buffer;
import java.util.function.Function;

/** Gathers the whole body and reads it at the end. */
final class WholeBody<T> implements BodySink<T> {
  private final Buffer body = Buffer.buffer();
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
    return reader.apply(body.getBytes());
  }
}
