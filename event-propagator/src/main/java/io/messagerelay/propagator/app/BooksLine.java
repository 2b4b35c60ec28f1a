package io.messagerelay.propagator.app;

import io.messagerelay.base.Figures;
import io.messagerelay.propagator.spool.Books;
import java.util.Locale;

/** The books as a line for a person, and as figures for a program. */
final class BooksLine {
  private BooksLine() {}

  static Figures with(Figures figures, Books books) {
    return figures
        .with("taken", books.taken())
        .with("delivered", books.delivered())
        .with("duplicate", books.duplicate())
        .with("dead", books.dead())
        .with("discarded", books.discarded())
        .with("pending", books.pending());
  }

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
