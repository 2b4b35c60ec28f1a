package io.messagerelay.consumer.app.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a live tail: frames of {@code text/event-stream} as the service writes them (WHATWG HTML
 * §9.2.6), each value on one line. Used by one thread.
 */
final class Following {
  private static final String EVENT = "event";

  private @Nullable String lastId;

  /** Where a new connection goes on; {@code null} when nothing came yet. */
  @Nullable String lastId() {
    return lastId;
  }

  /**
   * Reads until the stream ends.
   *
   * @param onFrame told that the service is there, for every line
   * @param events told each event
   * @throws IOException when it breaks
   */
  void read(InputStream stream, Runnable onFrame, Consumer<Listed> events) throws IOException {
    var lines = new BufferedReader(new InputStreamReader(stream, UTF_8));
    String id = null;
    String type = EVENT;
    String data = null;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      onFrame.run();
      if (line.isEmpty()) {
        if (data != null && type.equals(EVENT)) {
          events.accept(ListedJson.one(data.getBytes(UTF_8)));
        }
        lastId = id == null ? lastId : id;
        id = null;
        type = EVENT;
        data = null;
      } else if (line.startsWith("id:")) {
        id = value(line, "id:");
      } else if (line.startsWith("event:")) {
        type = value(line, "event:");
      } else if (line.startsWith("data:")) {
        data = value(line, "data:");
      }
    }
  }

  private static String value(String line, String field) {
    String value = line.substring(field.length());
    return value.startsWith(" ") ? value.substring(1) : value;
  }
}
