package io.messagerelay.propagator.app;

import io.messagerelay.base.Amounts;
import io.messagerelay.base.Figures;
import io.messagerelay.propagator.spool.Books;
import io.messagerelay.propagator.spool.Runner;
import io.messagerelay.propagator.spool.SpoolFolder;
import io.messagerelay.propagator.spool.SpoolStatus;
import io.messagerelay.propagator.spool.SpoolStatus.LastDead;
import io.messagerelay.propagator.spool.SpoolStatus.Oldest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A spool and its runner, for a person and for a program.
 *
 * @param spool its file
 * @param maxBytes the bound of what it keeps
 * @param lastBeat of a runner; empty when none ever was
 * @param now when all of this was looked at
 */
record SpoolReport(
    Path spool,
    SpoolStatus status,
    long maxBytes,
    Optional<Runner> runner,
    Optional<Instant> lastBeat,
    Instant now) {

  /** Empty when the folder has no spool yet. */
  static Optional<SpoolReport> of(SpoolFolder folder, long maxBytes, Instant now) {
    return folder
        .status()
        .map(
            status ->
                new SpoolReport(
                    folder.spoolFile(), status, maxBytes, folder.runner(), folder.lastBeat(), now));
  }

  String text() {
    return String.join(
        System.lineSeparator(),
        row("spool", spool + ": " + size()),
        row("books", BooksLine.of(status.books())),
        row("pending", number(status.books().pending()) + status.oldest().map(this::of).orElse("")),
        row(
            "dead letters",
            number(status.books().dead()) + status.lastDead().map(this::of).orElse("")),
        row("runner", running()));
  }

  private static String row(String what, String words) {
    return "%-13s %s".formatted(what, words);
  }

  private static String number(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  private String size() {
    return "%s of %s; %s on disk"
        .formatted(
            Amounts.bytes(status.keptBytes()),
            Amounts.bytes(maxBytes),
            Amounts.bytes(status.fileBytes()));
  }

  private String of(Oldest oldest) {
    return "; the oldest taken %s ago, %s"
        .formatted(Amounts.time(since(oldest.taken())), attempts(oldest));
  }

  private String attempts(Oldest oldest) {
    return switch (oldest.attempts()) {
      case 0 -> "not tried yet";
      case 1 -> "tried once, " + next(oldest);
      default -> "tried %,d times, %s".formatted(oldest.attempts(), next(oldest));
    };
  }

  private String next(Oldest oldest) {
    Duration wait = until(oldest.due());
    return wait.isZero() ? "due now" : "next attempt in " + Amounts.time(wait);
  }

  private String of(LastDead last) {
    return "; the last one %s ago: %s%s"
        .formatted(
            Amounts.time(since(last.died())),
            last.status() == 0 ? "" : last.status() + " ",
            last.reason());
  }

  private String running() {
    String beat =
        lastBeat.map(at -> "; heartbeat %s ago".formatted(Amounts.time(since(at)))).orElse("");
    return runner.map(who -> "works: " + who).orElse("none") + beat;
  }

  /** The names are part of the format: docs/operations.md lists them. */
  Figures figures() {
    Books books = status.books();
    var figures =
        new Figures()
            .with("spool", spool.toString())
            .with("taken", books.taken())
            .with("delivered", books.delivered())
            .with("duplicate", books.duplicate())
            .with("dead", books.dead())
            .with("discarded", books.discarded())
            .with("pending", books.pending());
    status.oldest().ifPresent(oldest -> add(figures, oldest));
    status.lastDead().ifPresent(last -> add(figures, last));
    figures
        .with("kept_bytes", status.keptBytes())
        .with("max_bytes", maxBytes)
        .with("file_bytes", status.fileBytes())
        .with("running", runner.isPresent());
    runner.ifPresent(who -> who.process().ifPresent(id -> figures.with("process", id)));
    lastBeat.ifPresent(at -> figures.with("heartbeat_age_seconds", since(at).toSeconds()));
    return figures;
  }

  private void add(Figures figures, Oldest oldest) {
    figures
        .with("oldest_age_seconds", since(oldest.taken()).toSeconds())
        .with("oldest_attempts", oldest.attempts())
        .with("next_attempt_seconds", until(oldest.due()).toSeconds());
  }

  private void add(Figures figures, LastDead last) {
    figures
        .with("last_dead_age_seconds", since(last.died()).toSeconds())
        .with("last_dead_status", last.status())
        .with("last_dead_reason", last.reason());
  }

  private Duration since(Instant then) {
    return notNegative(Duration.between(then, now));
  }

  private Duration until(Instant then) {
    return notNegative(Duration.between(now, then));
  }

  /** A clock that was set back, or a file that was touched after we looked at it. */
  private static Duration notNegative(Duration span) {
    return span.isNegative() ? Duration.ZERO : span;
  }
}
