package io.messagerelay.system;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The project's folder: where the built services and the files for users stand.
 *
 * @param root the folder that holds {@code bin/}
 */
record Checkout(Path root) {

  /** The checkout that the working directory is in. */
  static Checkout find() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isDirectory(at.resolve("system-tests"))
          && Files.isRegularFile(at.resolve("pom.xml"))) {
        return new Checkout(at);
      }
    }
    throw new IllegalStateException(
        "not inside a checkout of message-relay: " + Path.of("").toAbsolutePath());
  }

  Path file(String name) {
    return root.resolve(name);
  }

  /** How a service is started, as a user types it. */
  String command(Service service) {
    return file("bin").resolve(service.command()).toString();
  }
}
