package io.messagerelay.system;

import java.util.List;
import java.util.regex.Pattern;

/**
 * An event as the propagator's log names it when it is taken.
 *
 * @param shortId the first eight and the last four characters of its id
 * @param item its place in the data file
 */
record Taken(String shortId, int item) {
  private static final Pattern LINE = Pattern.compile(" taken (\\S+) from \\S+\\[(\\d+)]\n");

  /** Those of a log, in order. The last line of a process that was killed may be cut off. */
  static List<Taken> in(String log) {
    return LINE.matcher(log)
        .results()
        .map(line -> new Taken(line.group(1), Integer.parseInt(line.group(2))))
        .toList();
  }

  /** How the log names a stored event of {@link SampleData}. */
  static Taken of(StoredEvent row) {
    return new Taken(shortOf(row.eventId()), row.content().item());
  }

  /** How the log names an id. */
  static String shortOf(String id) {
    return id.substring(0, 8) + "…" + id.substring(id.length() - 4);
  }
}
