package io.messagerelay.consumer.app;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/** How many files this process may have open, of which each connection is one. */
final class OpenFiles {
  /** For libraries, the store and its log, the connections to a database. */
  private static final int OWN = 200;

  private OpenFiles() {}

  /** What the system allows; {@link Long#MAX_VALUE} where it does not say. */
  static long most() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getMaxFileDescriptorCount()
        : Long.MAX_VALUE;
  }

  /** A line for a person where the connections could use up what the store needs as well. */
  static Optional<String> shortage(int connections, long most) {
    if (most - OWN >= connections) {
      return Optional.empty();
    }
    return Optional.of(
        "CONNECTION_LIMIT is %d, but this process may open %d files only, and needs %d itself; lower the one, or raise the other (ulimit -n)"
            .formatted(connections, most, OWN));
  }
}
