package io.messagerelay.propagator.app;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this machine calls itself. */
final class Machine {
  /** Linux says it without asking a server of names, which may take long. */
  private static final Path NAME = Path.of("/proc/sys/kernel/hostname");

  private Machine() {}

  static String name() {
    try {
      return Files.exists(NAME)
          ? Files.readString(NAME).strip()
          : InetAddress.getLocalHost().getHostName();
    } catch (IOException nameless) {
      return "a machine without a name";
    }
  }
}
