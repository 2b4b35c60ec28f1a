package io.messagerelay.consumer.console;

import io.messagerelay.consumer.http.EntityTag;
import io.messagerelay.consumer.http.Gzip;
import java.util.Map;
import java.util.Objects;

/**
 * One file of the console as it is sent, plain or gzipped. Shared by threads; nobody changes the
 * bytes.
 */
record ConsoleFile(String type, byte[] plain, byte[] gzipped, EntityTag tag) {
  private static final Map<String, String> TYPES =
      Map.of(
          "css", "text/css;charset=UTF-8",
          "html", "text/html;charset=UTF-8",
          "js", "text/javascript;charset=UTF-8",
          "svg", "image/svg+xml");

  static ConsoleFile of(String name, byte[] bytes) {
    String type = Objects.requireNonNull(TYPES.get(name.substring(name.lastIndexOf('.') + 1)));
    return new ConsoleFile(type, bytes, Gzip.encoded(bytes), EntityTag.of(bytes));
  }
}
