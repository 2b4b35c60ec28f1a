package io.messagerelay.system;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The spool's books, as the propagator prints them when it ends. */
record BooksLine(
    long taken, long delivered, long duplicate, long dead, long discarded, long pending) {
  private static final Pattern LINE =
      Pattern.compile(
          "taken ([\\d,]+) = delivered ([\\d,]+) \\+ duplicate ([\\d,]+) \\+ dead ([\\d,]+)"
              + " \\+ discarded ([\\d,]+) \\+ pending ([\\d,]+)$");

  /** The last one in a log; empty when there is none. */
  static Optional<BooksLine> in(List<String> log) {
    return log.reversed().stream()
        .map(LINE::matcher)
        .filter(Matcher::find)
        .findFirst()
        .map(BooksLine::read);
  }

  private static BooksLine read(Matcher line) {
    return new BooksLine(
        number(line, 1),
        number(line, 2),
        number(line, 3),
        number(line, 4),
        number(line, 5),
        number(line, 6));
  }

  private static long number(Matcher line, int group) {
    return Long.parseLong(line.group(group).replace(",", ""));
  }

  boolean balanced() {
    return taken == delivered + duplicate + dead + discarded + pending;
  }
}
