package io.messagerelay.consumer.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The console's files by the name in their address, from the class path: its own, and those of the
 * libraries it needs, under names of ours. Each is read once. Shared by threads.
 */
final class ConsoleFiles {
  /** A name without folders, so that it leads nowhere else. */
  private static final Pattern OWN = Pattern.compile("[a-z][a-z-]*\\.(css|html|js|svg)");

  private static final String LIT = "/META-INF/resources/_static/";
  private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

  static final Map<String, String> LIBRARIES =
      Map.of(
          "lit.js", LIT + "lit/3.3.2/index.js",
          "lit-html.js", LIT + "lit-html/3.3.2/lit-html.js",
          "lit-html-is-server.js", LIT + "lit-html/3.3.2/is-server.js",
          "lit-element.js", LIT + "lit-element/4.2.2/lit-element.js",
          "reactive-element.js", LIT + "reactive-element/2.1.2/reactive-element.js",
          "css-tag.js", LIT + "reactive-element/2.1.2/css-tag.js",
          "uplot.js", UPLOT + "uPlot.esm.js",
          "uplot.css", UPLOT + "uPlot.min.css");

  private final Map<String, ConsoleFile> known = new ConcurrentHashMap<>();

  /** Empty where there is no such file. */
  Optional<ConsoleFile> find(String name) {
    return Optional.ofNullable(known.computeIfAbsent(name, ConsoleFiles::read));
  }

  private static @Nullable ConsoleFile read(String name) {
    String library = LIBRARIES.get(name);
    if (library == null && !OWN.matcher(name).matches()) {
      return null;
    }
    String path = library == null ? "/console/" + name : library;
    try (InputStream file = ConsoleFiles.class.getResourceAsStream(path)) {
      return file == null ? null : ConsoleFile.of(name, file.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(path + " cannot be read from the class path", e);
    }
  }
}
