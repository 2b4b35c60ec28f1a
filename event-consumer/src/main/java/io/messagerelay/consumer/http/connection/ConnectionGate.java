package io.messagerelay.consumer.http.connection;

import io.messagerelay.consumer.http.connection.LimitTally.Limit;
import io.messagerelay.consumer.limit.ConcurrencyLimit;
import io.messagerelay.consumer.limit.Network;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets connections in, up to a number of all and a number from one address. One too many is closed
 * where it was accepted, before anything is kept or read of it; each one that was let in has its
 * place until it is closed, however that happens. A trusted proxy has as many connections as all:
 * its clients share them.
 *
 * <p>The first handler of the listening socket, see {@link ListeningSocket}. The framework's own
 * limit of connections knows nothing of addresses.
 */
@Sharable
public final class ConnectionGate extends ChannelInboundHandlerAdapter {
  /**
   * What is read at once at most. A connection keeps its last read for as long as a line of a head
   * is not whole, and without this that may be 64 KiB for a byte.
   */
  private static final AdaptiveRecvByteBufAllocator READS =
      new AdaptiveRecvByteBufAllocator(64, 2_048, 16_384);

  private final ConnectionLimits limits;
  private final TrustedProxies proxies;
  private final LimitTally tally;
  private final AtomicInteger open = new AtomicInteger();
  private final SharedBytes heads = new SharedBytes();
  private final SharedBytes untaken = new SharedBytes();
  private final ConcurrencyLimit<Network> addresses;

  public ConnectionGate(ConnectionLimits limits, TrustedProxies proxies, LimitTally tally) {
    this.limits = limits;
    this.proxies = proxies;
    this.tally = tally;
    this.addresses = new ConcurrencyLimit<>(limits.perAddress());
  }

  /** How many connections are open. */
  public int open() {
    return open.get();
  }

  /** What readers have not taken of their answers yet, in bytes: it waits in this process. */
  public long untakenBytes() {
    return untaken.sum();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object accepted) {
    Channel connection = (Channel) accepted;
    if (connection.remoteAddress() instanceof InetSocketAddress peer
        && mayOpen(connection, peer.getAddress())) {
      connection.config().setRecvByteBufAllocator(READS);
      connection.pipeline().addLast(new ConnectionWatch(limits, tally, heads, untaken));
      context.fireChannelRead(connection);
    } else {
      connection.unsafe().closeForcibly();
    }
  }

  /** Accepting is one thread's; closing is any's. */
  private boolean mayOpen(Channel connection, InetAddress peer) {
    if (open.get() >= limits.connections()) {
      tally.count(Limit.CONNECTIONS);
      return false;
    }
    if (proxies.contains(peer)) {
      hold(connection, () -> {});
      return true;
    }
    Network network = Network.of(peer);
    if (!addresses.enter(network)) {
      tally.count(Limit.ADDRESS_CONNECTIONS);
      return false;
    }
    hold(connection, () -> addresses.leave(network));
    return true;
  }

  private void hold(Channel connection, Runnable leave) {
    open.incrementAndGet();
    var _ =
        connection
            .closeFuture()
            .addListener(
                _ -> {
                  open.decrementAndGet();
                  leave.run();
                });
  }
}
