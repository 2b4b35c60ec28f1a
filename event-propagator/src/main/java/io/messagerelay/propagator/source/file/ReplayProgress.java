package io.messagerelay.propagator.source.file;

import io.messagerelay.propagator.source.file.Position.Expected;

/**
 * How far a replay has come, as the spool keeps it: {@code 1 <file> <offset> <line> <expected>
 * <item> <items>}, or {@code 1 end}; the first number is the form's version.
 *
 * @param file the one that goes on, from 0
 * @param position in its content
 * @param item how many of its items lie behind
 * @param items how many of all files
 */
record ReplayProgress(int file, Position position, long item, long items) {
  private static final String END = "1 end";
  private static final int FIELDS = 7;

  static ReplayProgress start() {
    return new ReplayProgress(0, Position.start(), 0, 0);
  }

  static String end() {
    return END;
  }

  String text() {
    return "1 %d %d %d %s %d %d"
        .formatted(file, position.offset(), position.line(), position.expected(), item, items);
  }

  /** Throws for what {@link #text} never wrote. */
  static ReplayProgress parse(String text) {
    String[] fields = text.split(" ", -1);
    if (fields.length != FIELDS || !fields[0].equals("1")) {
      throw new IllegalArgumentException("no progress of a replay: " + text);
    }
    return new ReplayProgress(
        Integer.parseInt(fields[1]),
        new Position(
            Long.parseLong(fields[2]), Long.parseLong(fields[3]), Expected.valueOf(fields[4])),
        Long.parseLong(fields[5]),
        Long.parseLong(fields[6]));
  }
}
