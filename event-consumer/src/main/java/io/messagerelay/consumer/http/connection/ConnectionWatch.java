package io.messagerelay.consumer.http.connection;

import io.messagerelay.consumer.http.connection.LimitTally.Limit;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Cuts off a peer that dawdles: one that sends the head of a request byte by byte, and one that
 * does not read its answer. The first sees to it that a connection costs a client more than it
 * costs us, the second that what waits for readers has an end. Sees the bytes of one connection;
 * confined to its event loop. A request that comes in one piece, and an answer that goes out in
 * one, start no timer.
 */
final class ConnectionWatch extends ChannelDuplexHandler {
  /**
   * What heads that have begun and not ended may take of all connections together, in bytes. A head
   * that comes in one piece takes nothing of it.
   */
  static final long MOST_IN_HEADS = 8L * 1024 * 1024;

  private static final ByteBuf TOO_SLOW = answer("408 Request Timeout", "");
  private static final ByteBuf NO_ROOM = answer("503 Service Unavailable", "Retry-After: 1\r\n");

  /** The name that the framework gives its own handler of messages. */
  private static final String FRAMEWORK = "handler";

  private final ConnectionLimits limits;
  private final LimitTally tally;
  private final MessageWatch messages = new MessageWatch();
  private final UntakenBytes untaken;
  private final SharedBytes.Share head;
  private boolean watchesMessages;
  private @Nullable Future<?> headDeadline;
  private @Nullable Future<?> look;

  /**
   * @param heads what has come of the heads of all connections
   * @param untaken what all connections have waiting for their readers
   */
  ConnectionWatch(
      ConnectionLimits limits, LimitTally tally, SharedBytes heads, SharedBytes untaken) {
    this.limits = limits;
    this.tally = tally;
    this.head = heads.share();
    this.untaken = new UntakenBytes(limits.stall(), untaken);
  }

  private static ByteBuf answer(String status, String headers) {
    String text =
        "HTTP/1.1 " + status + "\r\nConnection: close\r\nContent-Length: 0\r\n" + headers + "\r\n";
    return Unpooled.unreleasableBuffer(
        Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.US_ASCII)).asReadOnly());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object bytes) {
    if (!watchesMessages) {
      watchMessages(context.pipeline());
    }
    long heads = messages.heads();
    boolean wasInBody = messages.isInBody();
    int length = ((ByteBuf) bytes).readableBytes();
    context.fireChannelRead(bytes);
    // What may have come of a next head behind the end of a request counts from the next read on.
    if (wasInBody || messages.isInBody() || messages.heads() > heads) {
      headIsThere();
    } else {
      headGoesOn(context, length);
    }
  }

  private void headGoesOn(ChannelHandlerContext context, int length) {
    if (headDeadline == null) {
      awaitHead(context);
    }
    if (head.add(length) > MOST_IN_HEADS && context.channel().isActive()) {
      refuse(context, Limit.HEADS, NO_ROOM);
    }
  }

  private void watchMessages(ChannelPipeline pipeline) {
    if (pipeline.get(FRAMEWORK) != null) {
      pipeline.addBefore(FRAMEWORK, MessageWatch.class.getName(), messages);
    }
    watchesMessages = true;
  }

  private void awaitHead(ChannelHandlerContext context) {
    headDeadline =
        context
            .executor()
            .schedule(() -> headIsLate(context), limits.head().toNanos(), TimeUnit.NANOSECONDS);
  }

  /** While we do not read ourselves, it is not the peer who is slow. */
  private void headIsLate(ChannelHandlerContext context) {
    if (!context.channel().config().isAutoRead()) {
      awaitHead(context);
      return;
    }
    refuse(context, Limit.SLOW_HEAD, TOO_SLOW);
  }

  /** Never while another request waits for its answer: this would look like it. */
  private void refuse(ChannelHandlerContext context, Limit limit, ByteBuf answer) {
    tally.count(limit);
    headIsThere();
    if (messages.unanswered() == 0) {
      var _ = context.writeAndFlush(answer.duplicate()).addListener(ChannelFutureListener.CLOSE);
    } else {
      var _ = context.close();
    }
  }

  private void headIsThere() {
    head.set(0);
    if (headDeadline != null) {
      headDeadline.cancel(false);
      headDeadline = null;
    }
  }

  @Override
  public void flush(ChannelHandlerContext context) {
    context.flush();
    if (look == null) {
      lookAtUntaken(context);
    }
  }

  private void lookAtUntaken(ChannelHandlerContext context) {
    look = null;
    switch (untaken.look(context.channel().unsafe().outboundBuffer())) {
      case NONE -> {}
      case MOVES ->
          look =
              context
                  .executor()
                  .schedule(
                      () -> lookAtUntaken(context),
                      untaken.pause().toNanos(),
                      TimeUnit.NANOSECONDS);
      case STALLED -> cut(context);
    }
  }

  /** With a reset: to close in order would wait for what the reader does not take. */
  private void cut(ChannelHandlerContext context) {
    tally.count(Limit.SLOW_READER);
    context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
    var _ = context.close();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    untaken.count(context.channel().unsafe().outboundBuffer());
    context.fireChannelWritabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    headIsThere();
    if (look != null) {
      look.cancel(false);
    }
    untaken.count(null);
    context.fireChannelInactive();
  }
}
