package io.messagerelay.consumer.app.events;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.messagerelay.base.Visible;
import io.messagerelay.consumer.store.StoredEvent;
import io.messagerelay.contract.Event;
import io.messagerelay.contract.Payload;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Reads what {@code export --stored} writes, plain or gzipped, some lines at a time. Used by one
 * thread.
 */
final class ExportedLines {
  private static final JsonFactory JSON = new JsonFactory();

  /** Of one line: an event of 256 KiB, each character written as six. */
  private static final int LONGEST = 4 * 1024 * 1024;

  private static final int MOST_EVENTS = 1_000;
  private static final long MOST_CHARACTERS = 4L * 1024 * 1024;
  private static final int GZIP = 0x1f8b;

  private final InputStream in;
  private long line;
  private long erased;
  private boolean ended;

  /** Some events, in the order of their lines, and the line of each. */
  record Some(List<StoredEvent> events, List<Long> lines) {}

  private ExportedLines(InputStream in) {
    this.in = in;
  }

  static ExportedLines of(InputStream raw) throws IOException {
    var in = new BufferedInputStream(raw, 1 << 16);
    in.mark(2);
    boolean gzipped = ((in.read() << 8) | in.read()) == GZIP;
    in.reset();
    return new ExportedLines(
        gzipped ? new BufferedInputStream(new GZIPInputStream(in), 1 << 16) : in);
  }

  /** How many lines were passed over so far, of events that were erased. */
  long erased() {
    return erased;
  }

  /**
   * The next ones; none at the end.
   *
   * @throws IOException naming the line, where one is not what export writes
   */
  Some next() throws IOException {
    var events = new ArrayList<StoredEvent>();
    var lines = new ArrayList<Long>();
    long characters = 0;
    while (!ended && events.size() < MOST_EVENTS && characters < MOST_CHARACTERS) {
      byte[] text = line();
      if (text.length > 0) {
        Listed listed = listed(text);
        if (listed.isErased()) {
          erased++;
        } else {
          events.add(stored(listed));
          lines.add(line);
          characters += listed.payload().length();
        }
      }
    }
    return new Some(events, lines);
  }

  private byte[] line() throws IOException {
    var text = new ByteArrayOutputStream();
    line++;
    int next = in.read();
    while (next >= 0 && next != '\n') {
      text.write(next);
      if (text.size() > LONGEST) {
        throw new IOException("line %d: is longer than %d bytes".formatted(line, LONGEST));
      }
      next = in.read();
    }
    ended = next < 0;
    return text.toByteArray();
  }

  private Listed listed(byte[] text) throws IOException {
    try {
      return ListedJson.one(text);
    } catch (IOException e) {
      throw noEvent(e);
    }
  }

  private StoredEvent stored(Listed listed) throws IOException {
    try {
      var event =
          new Event(
              listed.eventId(),
              listed.type(),
              payload(listed.payload()),
              listed.eventKey(),
              listed.traceparent());
      return new StoredEvent(listed.id(), event, Instant.parse(listed.receivedTime()));
    } catch (IOException | DateTimeException | IllegalArgumentException e) {
      throw noEvent(e);
    }
  }

  private static Payload payload(String source) throws IOException {
    if (!source.startsWith("\"")) {
      return new Payload(Payload.Kind.JSON, source);
    }
    try (JsonParser parser = JSON.createParser(source)) {
      parser.nextToken();
      return new Payload(Payload.Kind.STRING, parser.getText());
    }
  }

  private IOException noEvent(Exception why) {
    String first = String.valueOf(why.getMessage()).lines().findFirst().orElse("");
    return new IOException(
        "line %d: is no event as event-consumer export --stored writes it (%s)"
            .formatted(line, Visible.line(first)),
        why);
  }
}
