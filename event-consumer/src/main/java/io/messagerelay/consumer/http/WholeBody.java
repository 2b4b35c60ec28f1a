package io.messagerelay.consumer.http;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Gathers the whole body, reads it at the end, and keeps nothing of it. On its way a body takes
 * what has come of it and 32 KiB more at most: one buffer that grows would take up to twice as
 * much.
 */
final class WholeBody<T> implements BodySink<T> {
  /** Chunks are gathered up to this, because each costs something of its own. */
  private static final int PIECE_BYTES = 16 * 1024;

  private final List<byte[]> pieces = new ArrayList<>();
  private Buffer last = Buffer.buffer();
  private final Function<byte[], T> reader;

  WholeBody(Function<byte[], T> reader) {
    this.reader = reader;
  }

  @Override
  public void take(Buffer chunk) {
    last.appendBuffer(chunk);
    if (last.length() >= PIECE_BYTES) {
      endPiece();
    }
  }

  private void endPiece() {
    pieces.add(last.getBytes());
    last = Buffer.buffer();
  }

  @Override
  public T finish() {
    endPiece();
    byte[] body = pieces.size() == 1 ? pieces.getFirst() : joined();
    pieces.clear();
    return reader.apply(body);
  }

  private byte[] joined() {
    ByteBuffer all = ByteBuffer.allocate(pieces.stream().mapToInt(piece -> piece.length).sum());
    pieces.forEach(all::put);
    return all.array();
  }
}
