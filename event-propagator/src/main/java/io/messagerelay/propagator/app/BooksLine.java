package io.messagerelay.propagator.app;

import io.messagerelay.propagator.spool.Books;
import java.util.Locale;

/** The books as a line for a person. */
final class BooksLine {
  private BooksLine() {}

  static String of(Books books) {
    return String.format(
        Locale.ROOT,
        "taken %,d = delivered %,d + duplicate %,d + dead %,d + discarded %,d + pending %,d",
        books.taken(),
        books.delivered(),
        books.duplicate(),
        books.dead(),
        books.discarded(),
        books.pending());
  }
}
