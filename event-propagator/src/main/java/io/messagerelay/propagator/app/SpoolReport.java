package io.messagerelay.propagator.app;

import io.messagerelay.base.Amounts;
import io.messagerelay.base.Figures;
import io.messagerelay.propagator.app.spools.NamedSpool;
import io.messagerelay.propagator.spool.Books;
import io.messagerelay.propagator.spool.LastError;
import io.messagerelay.propagator.spool.Pacing;
import io.messagerelay.propagator.spool.Runner;
import io.messagerelay.propagator.spool.SpoolFolder;
import io.messagerelay.propagator.spool.SpoolStatus;
import io.messagerelay.propagator.spool.SpoolStatus.AsideSummary;
import io.messagerelay.propagator.spool.SpoolStatus.LastDead;
import io.messagerelay.propagator.spool.SpoolStatus.Oldest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A spool and its runner, for a person and for a program.
 *
 * @param maxBytes the bound of what it keeps
 * @param rate events delivered a second; empty where it was looked at only once
 * @param now when all of this was looked at
 */
record SpoolReport(
    NamedSpool spool,
    SpoolStatus status,
    Running running,
    long maxBytes,
    OptionalLong rate,
    Instant now) {

  /**
   * What is known of runners.
   *
   * @param lastBeat of a runner; empty when none ever was
   * @param lastError of delivery; empty when there never was one
   * @param pacing of the runner; empty when there is none, or it has not reached the consumer yet
   */
  record Running(
      Optional<Runner> runner,
      Optional<Instant> lastBeat,
      Optional<LastError> lastError,
      Optional<Pacing> pacing) {
    static Running of(SpoolFolder folder) {
      return new Running(folder.runner(), folder.lastBeat(), folder.lastError(), folder.pacing());
    }
  }

  /** Empty when the folder has no spool yet. */
  static Optional<SpoolReport> of(NamedSpool spool, long maxBytes, Rates rates, Instant now) {
    return spool
        .folder()
        .status()
        .map(
            status ->
                new SpoolReport(
                    spool,
                    status,
                    Running.of(spool.folder()),
                    maxBytes,
                    rates.of(spool.name(), status.books()),
                    now));
  }

  String text() {
    Books books = status.books();
    var rows = new ArrayList<String>();
    rows.add(row("spool", "%s: %s; %s".formatted(spool.name(), file(), size())));
    rows.add(row("books", BooksLine.of(books)));
    rows.add(row("pending", number(books.pending()) + status.oldest().map(this::of).orElse("")));
    status.aside().ifPresent(aside -> rows.add(row("set aside", of(aside))));
    rows.add(
        row("dead letters", number(books.dead()) + status.lastDead().map(this::of).orElse("")));
    rate.ifPresent(events -> rows.add(row("delivers", number(events) + " events/s")));
    running.pacing.ifPresent(pacing -> rows.add(row("pace", of(pacing))));
    running.lastError.ifPresent(error -> rows.add(row("last error", of(error))));
    rows.add(row("runner", runner()));
    return String.join(System.lineSeparator(), rows);
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
    return next(oldest.due());
  }

  private String of(AsideSummary aside) {
    return "%s%s; the first one %s ago: %s; %s"
        .formatted(
            number(aside.events()),
            aside.behind() == 0
                ? ""
                : ", and %s behind that have the same key".formatted(number(aside.behind())),
            Amounts.time(since(aside.since())),
            aside.cause(),
            next(aside.due()));
  }

  private String next(Instant due) {
    Duration wait = until(due);
    return wait.isZero() ? "due now" : "next attempt in " + Amounts.time(wait);
  }

  private String of(LastDead last) {
    return "; the last one %s ago: %s%s"
        .formatted(
            Amounts.time(since(last.died())),
            last.status() == 0 ? "" : last.status() + " ",
            last.reason());
  }

  private String of(LastError error) {
    return "%s ago: %s%s"
        .formatted(
            Amounts.time(since(error.at())),
            error.cause(),
            error.over().map(at -> "; over since " + Amounts.time(since(at))).orElse(""));
  }

  private String of(Pacing pacing) {
    var words = new StringBuilder();
    words.append(number(pacing.inFlight())).append(" in flight; ");
    words.append(pacing.allowed()).append(" of ").append(pacing.most());
    words.append(" requests may be at once");
    pacing
        .perSecond()
        .ifPresent(events -> words.append("; at most ").append(number(events)).append(" events/s"));
    pacing
        .nextAsk()
        .ifPresent(at -> words.append("; the consumer is away, asked ").append(when(at)));
    return words.toString();
  }

  private String when(Instant then) {
    Duration wait = until(then);
    return wait.isZero() ? "now" : "next in " + Amounts.time(wait);
  }

  private String runner() {
    String beat =
        running
            .lastBeat
            .map(at -> "; heartbeat %s ago".formatted(Amounts.time(since(at))))
            .orElse("");
    return running.runner.map(who -> "works: " + who).orElse("none") + beat;
  }

  /** The names are part of the format: docs/operations.md lists them. */
  Figures figures() {
    Books books = status.books();
    var figures = new Figures().with("spool", file().toString()).with("name", spool.name());
    BooksLine.with(figures, books);
    rate.ifPresent(events -> figures.with("delivered_per_second", events));
    status.oldest().ifPresent(oldest -> add(figures, oldest));
    status.aside().ifPresent(aside -> add(figures, aside));
    status.lastDead().ifPresent(last -> add(figures, last));
    figures
        .with("kept_bytes", status.keptBytes())
        .with("max_bytes", maxBytes)
        .with("file_bytes", status.fileBytes())
        .with("running", running.runner.isPresent());
    running.runner.ifPresent(who -> who.process().ifPresent(id -> figures.with("process", id)));
    running.lastBeat.ifPresent(at -> figures.with("heartbeat_age_seconds", since(at).toSeconds()));
    running.lastError.ifPresent(error -> add(figures, error));
    running.pacing.ifPresent(pacing -> add(figures, pacing));
    return figures;
  }

  private void add(Figures figures, Pacing pacing) {
    figures
        .with("in_flight", pacing.inFlight())
        .with("in_flight_allowed", pacing.allowed())
        .with("in_flight_most", pacing.most());
    pacing.perSecond().ifPresent(events -> figures.with("rate_limit", events));
    figures.with("consumer_away", pacing.nextAsk().isPresent());
    pacing.nextAsk().ifPresent(at -> figures.with("next_ask_seconds", until(at).toSeconds()));
  }

  private void add(Figures figures, LastError error) {
    figures
        .with("last_error", error.cause())
        .with("last_error_age_seconds", since(error.at()).toSeconds())
        .with("last_error_over", error.over().isPresent());
  }

  private Path file() {
    return spool.folder().spoolFile();
  }

  private void add(Figures figures, Oldest oldest) {
    figures
        .with("oldest_age_seconds", since(oldest.taken()).toSeconds())
        .with("oldest_attempts", oldest.attempts())
        .with("next_attempt_seconds", until(oldest.due()).toSeconds());
  }

  private void add(Figures figures, AsideSummary aside) {
    figures
        .with("aside", aside.events())
        .with("behind_aside", aside.behind())
        .with("aside_age_seconds", since(aside.since()).toSeconds())
        .with("aside_cause", aside.cause())
        .with("aside_next_attempt_seconds", until(aside.due()).toSeconds());
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
