package io.messagerelay.propagator.app;

import io.messagerelay.base.ExitCodes;
import io.messagerelay.base.Figures;
import io.messagerelay.propagator.spool.Books;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What became of a replay.
 *
 * @param spool the name of its folder in SPOOL_DIR
 * @param stopped whether a signal ended it
 * @param failure why the files could not be read to the end
 * @param goOn the command that goes on with what is left
 * @param newIds whether every event got a new id
 */
record ReplaySummary(
    Books books,
    String spool,
    boolean stopped,
    Optional<String> failure,
    String goOn,
    boolean newIds) {

  int exitCode() {
    if (stopped) {
      return ExitCodes.INTERRUPTED;
    }
    if (failure.isPresent()) {
      return ExitCodes.UNAVAILABLE;
    }
    return books.dead() > 0 ? ExitCodes.DEAD_LETTERS : ExitCodes.OK;
  }

  private String outcome() {
    return switch (exitCode()) {
      case ExitCodes.INTERRUPTED -> "interrupted";
      case ExitCodes.UNAVAILABLE -> "failed";
      case ExitCodes.DEAD_LETTERS -> "dead_letters";
      default -> "delivered";
    };
  }

  String text() {
    List<String> lines = new ArrayList<>();
    lines.add(BooksLine.of(books));
    if (books.duplicate() > 0 && !newIds) {
      lines.add(
          number(books.duplicate())
              + " duplicates: this content was sent before; --new-ids sends it again");
    }
    if (books.dead() > 0) {
      lines.add(
          "%s dead letters; look at them: event-propagator dead-letters list --spool %s"
              .formatted(number(books.dead()), spool));
    }
    failure.ifPresent(why -> lines.add(why + "; what came before was taken"));
    if (stopped || failure.isPresent()) {
      lines.add("%s; go on: %s".formatted(stopped ? "interrupted" : "not complete", goOn));
    }
    return String.join(System.lineSeparator(), lines);
  }

  private static String number(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** The names are part of the format: docs/replaying-files.md lists them. */
  String json() {
    var figures =
        new Figures()
            .with("outcome", outcome())
            .with("taken", books.taken())
            .with("delivered", books.delivered())
            .with("duplicate", books.duplicate())
            .with("dead", books.dead())
            .with("discarded", books.discarded())
            .with("pending", books.pending())
            .with("spool", spool);
    failure.ifPresent(why -> figures.with("failure", why));
    return figures.json();
  }
}
