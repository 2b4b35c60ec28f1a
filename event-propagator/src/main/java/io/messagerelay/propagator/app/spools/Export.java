package io.messagerelay.propagator.app.spools;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.messagerelay.propagator.spool.Entry;
import io.messagerelay.propagator.spool.SpoolDesk;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.Optional;

/**
 * Writes dead letters as NDJSON, the oldest of each spool first. Without reasons, a line is the
 * event as it was refused, its id included: {@code replay} sends it again under that id. A line end
 * between its members, the only place where JSON has one, becomes a blank.
 */
final class Export {
  private final Wanted wanted;
  private final boolean withReasons;

  Export(Wanted wanted, boolean withReasons) {
    this.wanted = wanted;
    this.withReasons = withReasons;
  }

  /**
   * What became of the dead letters.
   *
   * @param left how many were left out, because they never had an id
   */
  record Written(long exported, long left) {}

  Written to(OutputStream out) throws IOException {
    long exported = 0;
    long left = 0;
    for (NamedSpool spool : wanted.spools()) {
      try (SpoolDesk desk = SpoolDesk.toRead(spool.folder())) {
        for (Iterator<Entry> all = wanted.oldestFirst(spool, desk).iterator(); all.hasNext(); ) {
          Optional<byte[]> line = line(spool, desk, all.next());
          if (line.isPresent()) {
            out.write(line.get());
            out.write('\n');
            exported++;
          } else {
            left++;
          }
        }
      }
    }
    return new Written(exported, left);
  }

  /** Empty for what is left out. */
  private Optional<byte[]> line(NamedSpool spool, SpoolDesk desk, Entry letter) {
    if (letter.eventId() == null && !withReasons) {
      return Optional.empty();
    }
    return desk.body(wanted.shelf(), letter.seq())
        .map(body -> withReasons ? object(spool, desk, letter, body) : onOneLine(body));
  }

  private byte[] object(NamedSpool spool, SpoolDesk desk, Entry letter, byte[] body) {
    return ShownEntry.of(spool, desk, wanted.shelf(), letter).figures(body).json().getBytes(UTF_8);
  }

  private static byte[] onOneLine(byte[] body) {
    byte[] line = body.clone();
    for (int i = 0; i < line.length; i++) {
      if (line[i] == '\n' || line[i] == '\r') {
        line[i] = ' ';
      }
    }
    return line;
  }
}
