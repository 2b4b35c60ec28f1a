package io.messagerelay.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The commands that a page shows in its {@code sh} blocks, run as they stand in an installation's
 * folder, which is made to look like a checkout. A test of a page lays the files that the page
 * speaks of, and runs every block.
 *
 * @param page from the project's folder: {@code docs/replaying-files.md}
 */
record DocCommands(Installation site, String page) {
  private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

  /** Puts {@code bin/} and the built services where the commands look for them. */
  DocCommands inCheckout() {
    try {
      for (String name : List.of("bin", "event-propagator", "event-consumer")) {
        Files.createSymbolicLink(site.folder().resolve(name), Checkout.find().file(name));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  String text() {
    try {
      return Files.readString(Checkout.find().file(page));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** In the order of the page. */
  List<String> blocks() {
    return BLOCK.matcher(text()).results().map(block -> block.group(1)).toList();
  }

  /** Runs commands as they stand, but for the port: another program may have the usual one. */
  Child run(String commands) {
    return run(commands, Map.of());
  }

  /** The same, with more in its environment. */
  Child run(String commands, Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(site.settings());
    environment.putAll(more);
    String here = commands.replace("localhost:8000", "127.0.0.1:" + site.port());
    Path log = site.folder().resolve("logs/doc-%d.log".formatted(System.nanoTime()));
    return Child.start(List.of("sh", "-euc", here), site.folder(), environment, log);
  }
}
