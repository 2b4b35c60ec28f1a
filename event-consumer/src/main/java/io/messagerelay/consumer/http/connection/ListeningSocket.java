package io.messagerelay.consumer.http.connection;

import io.netty.channel.Channel;
import io.netty.channel.ServerChannel;
import io.netty.channel.SingleThreadEventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.util.Iterator;

/** The socket on which the framework accepts connections; it does not show it itself. */
public final class ListeningSocket {
  private ListeningSocket() {}

  /**
   * Puts the gate before all that is listening. Called once, when the port is open; a connection
   * that was accepted in the milliseconds before is not counted.
   *
   * @throws IllegalStateException when nothing listens: the service would have no limits
   */
  public static void guard(Vertx vertx, ConnectionGate gate) {
    int guarded = 0;
    for (EventExecutor loop : ((VertxInternal) vertx).getAcceptorEventLoopGroup()) {
      var acceptor = (SingleThreadEventLoop) loop;
      guarded += acceptor.submit(() -> guard(acceptor, gate)).syncUninterruptibly().getNow();
    }
    if (guarded == 0) {
      throw new IllegalStateException("no listening socket was found to limit connections at");
    }
  }

  /** On the acceptor's own thread: only there its channels may be looked at. */
  private static int guard(SingleThreadEventLoop acceptor, ConnectionGate gate) {
    int guarded = 0;
    for (Iterator<Channel> all = acceptor.registeredChannelsIterator(); all.hasNext(); ) {
      if (all.next() instanceof ServerChannel listening) {
        listening.pipeline().addFirst(gate);
        guarded++;
      }
    }
    return guarded;
  }
}
