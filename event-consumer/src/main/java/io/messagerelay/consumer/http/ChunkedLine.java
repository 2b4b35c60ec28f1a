package io.messagerelay.consumer.http;

import io.messagerelay.consumer.tail.Line;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.vertx.core.buffer.impl.BufferImpl;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.List;

/**
 * An answer without a length: chunks, and one of length zero behind the last (RFC 9112 §7.1). An
 * answer that lacks that one is not whole.
 */
final class ChunkedLine implements Line {
  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private volatile boolean gone;

  /**
   * @param whenGone is called when the reader has gone
   */
  ChunkedLine(HttpServerRequest request, Runnable whenGone) {
    this.request = request;
    this.response = request.response();
    response.closeHandler(
        _ -> {
          gone = true;
          whenGone.run();
        });
    gone = response.closed();
  }

  /** The pieces are not copied: readers of one event share its bytes. */
  @Override
  public void send(List<byte[]> pieces, Runnable left) {
    byte[][] all = pieces.toArray(byte[][]::new);
    try {
      var _ =
          response
              .write(BufferImpl.buffer(Unpooled.wrappedBuffer(all.length, all)))
              .onComplete(_ -> left.run());
    } catch (IllegalStateException closedMeanwhile) {
      gone = true;
    }
  }

  @Override
  public void end() {
    if (!response.ended()) {
      var _ = response.end();
    }
  }

  /**
   * With a reset: to close in order would wait for what the reader does not take, and would look
   * like an end to one that speaks HTTP/1.0.
   */
  @Override
  public void cut() {
    if (request.connection() instanceof ConnectionBase connection) {
      Channel channel = connection.channel();
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
      var _ = channel.close();
    } else {
      throw new IllegalStateException("a connection of an unknown kind: " + request.connection());
    }
  }

  @Override
  public boolean isGone() {
    return gone;
  }
}
