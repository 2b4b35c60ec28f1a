package io.messagerelay.consumer.http.connection;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;

/** Counts the requests and answers of one connection. Confined to its event loop. */
final class MessageWatch extends ChannelDuplexHandler {
  private long heads;
  private long answers;
  private boolean inBody;

  /** How many requests have begun. */
  long heads() {
    return heads;
  }

  /** How many of them have no whole answer yet. */
  long unanswered() {
    return heads - answers;
  }

  /** Whether more of the last request is to come. */
  boolean isInBody() {
    return inBody;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest) {
      heads++;
      inBody = true;
    }
    if (message instanceof LastHttpContent) {
      inBody = false;
    }
    context.fireChannelRead(message);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof LastHttpContent && !isInterim(message)) {
      answers++;
    }
    var _ = context.write(message, promise);
  }

  /** As {@code 100 Continue}. */
  private static boolean isInterim(Object message) {
    return message instanceof HttpResponse response
        && HttpStatusClass.INFORMATIONAL.contains(response.status().code());
  }
}
