package io.messagerelay.propagator.app;

import io.messagerelay.base.CommandException;
import io.messagerelay.base.ExitCodes;
import io.messagerelay.propagator.management.Management;
import io.messagerelay.propagator.management.ManagementServer;
import java.io.IOException;
import java.net.ServerSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The management port of a run, and what it means that it cannot be had. */
enum ManagementPort {
  /** The run does not begin: who watches it would take it for dead. */
  REQUIRED,

  /** The run goes on without: most likely it stands beside another one that has the port. */
  WANTED;

  private static final Logger LOG = LoggerFactory.getLogger(ManagementPort.class);

  /**
   * Listens, where the settings say so.
   *
   * @throws CommandException when that is required and not possible
   */
  Management open(PropagatorSettings settings, ManagementServer.About about) {
    if (settings.management().isEmpty()) {
      return Management.NONE;
    }
    ManagementSettings at = settings.management().get();
    try {
      var server = ManagementServer.open(at.address(), about);
      LOG.info("health and metrics at {}", at);
      return server;
    } catch (IOException e) {
      return without(at, e);
    }
  }

  private Management without(ManagementSettings at, IOException cause) {
    return switch (this) {
      case REQUIRED -> throw taken(at, cause);
      case WANTED -> {
        LOG.warn(
            "no health and no metrics of this run: cannot listen on {}: {}", at, reason(cause));
        yield Management.NONE;
      }
    };
  }

  /**
   * Whether a run could listen there now.
   *
   * @throws CommandException when it could not
   */
  static void requireFree(ManagementSettings at) {
    var address = at.address();
    if (address.isUnresolved()) {
      throw taken(at, new IOException("the host is not known"));
    }
    try (var probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(address);
    } catch (IOException e) {
      throw taken(at, e);
    }
  }

  private static CommandException taken(ManagementSettings at, IOException cause) {
    return new CommandException(
        ExitCodes.UNAVAILABLE,
        "MANAGEMENT_HOST, MANAGEMENT_PORT: cannot listen on %s: %s; end what listens there, or set another port"
            .formatted(at, reason(cause)));
  }

  private static String reason(IOException cause) {
    return String.valueOf(cause.getMessage());
  }
}
