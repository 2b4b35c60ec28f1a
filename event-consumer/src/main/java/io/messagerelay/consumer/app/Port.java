package io.messagerelay.consumer.app;

import io.messagerelay.base.CommandException;
import io.messagerelay.base.ExitCodes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Whether the service could listen where it is told to. */
final class Port {
  private Port() {}

  /**
   * @throws CommandException when it could not
   */
  static void requireFree(Address address) {
    InetSocketAddress socket = new InetSocketAddress(address.host(), address.port());
    if (socket.isUnresolved()) {
      throw taken(address, "the host is not known");
    }
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(socket);
    } catch (IOException e) {
      throw taken(address, String.valueOf(e.getMessage()));
    }
  }

  static CommandException taken(Address address, String why) {
    return new CommandException(
        ExitCodes.UNAVAILABLE,
        "CONSUMER_HOST, CONSUMER_PORT: cannot listen on %s: %s; end what listens there, or set another port"
            .formatted(address, why));
  }
}
