package io.messagerelay.consumer.app.events;

import io.messagerelay.base.CommandException;
import io.messagerelay.base.ExitCodes;
import io.messagerelay.base.Visible;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * Reads what {@code export --stored} and the archive of removed events hold, a line each, plain or
 * gzipped. Used by one thread.
 */
final class ExportedLines {
  /** Of one line: an event of 256 KiB, each character written as six, and more. */
  private static final int LONGEST = 4 * 1024 * 1024;

  private static final int BUFFER = 1 << 16;
  private static final int GZIP = 0x1f8b;

  private final String name;
  private final InputStream in;
  private long line;
  private boolean ended;

  private ExportedLines(String name, InputStream in) {
    this.name = name;
    this.in = in;
  }

  /**
   * @param name of the file, for messages
   */
  static ExportedLines of(String name, InputStream raw) throws IOException {
    var in = new BufferedInputStream(raw, BUFFER);
    in.mark(2);
    boolean gzipped = ((in.read() << 8) | in.read()) == GZIP;
    in.reset();
    return new ExportedLines(
        name, gzipped ? new BufferedInputStream(new GZIPInputStream(in), BUFFER) : in);
  }

  /** The number of the line that was read last, from 1. */
  long line() {
    return line;
  }

  /**
   * The next one; empty at the end.
   *
   * @throws CommandException naming the line, where it is not what export writes
   */
  Optional<Listed> next() throws IOException {
    while (!ended) {
      byte[] text = text();
      if (text.length > 0) {
        try {
          return Optional.of(ListedJson.one(text));
        } catch (IOException e) {
          throw noEvent(e);
        }
      }
    }
    return Optional.empty();
  }

  private byte[] text() throws IOException {
    var text = new ByteArrayOutputStream();
    line++;
    int next = in.read();
    while (next >= 0 && next != '\n') {
      text.write(next);
      if (text.size() > LONGEST) {
        throw new CommandException(
            ExitCodes.FAILED,
            "%s: line %d: is longer than %d bytes".formatted(name, line, LONGEST));
      }
      next = in.read();
    }
    ended = next < 0;
    return text.toByteArray();
  }

  /** Of the line that was read last. */
  CommandException noEvent(Exception why) {
    String first = String.valueOf(why.getMessage()).lines().findFirst().orElse("");
    return new CommandException(
        ExitCodes.FAILED,
        "%s: line %d: is no event as event-consumer export --stored writes it (%s)"
            .formatted(name, line, Visible.line(first)));
  }
}
