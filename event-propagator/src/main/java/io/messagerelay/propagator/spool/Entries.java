package io.messagerelay.propagator.spool;

import io.messagerelay.propagator.spool.Entry.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Looks through a shelf of a spool, window by window: each is one short read, so that none holds
 * the write-ahead log for long, and one window's entries are all that is in memory. Bodies are
 * read, one at a time, only where the type is asked. Used by one thread.
 */
final class Entries {
  private static final long WINDOW = 2_000;

  private final SpoolFile file;
  private final Shelf shelf;
  private final Selection wanted;
  private final String fitting;
  private final @Nullable Object[] asked;

  Entries(SpoolFile file, Shelf shelf, Selection wanted) {
    this.file = file;
    this.shelf = shelf;
    this.wanted = wanted;
    this.fitting = sql(shelf, wanted.type().isPresent());
    boolean named = !wanted.ids().isEmpty() || !wanted.seqs().isEmpty();
    this.asked =
        new @Nullable Object[] {
          named ? Reasons.write(List.copyOf(wanted.ids())) : null,
          named ? numbers(wanted.seqs()) : null,
          wanted.source().orElse(null),
          wanted.since().map(since -> since.toEpochMilli()).orElse(null),
          wanted.until().map(until -> until.toEpochMilli()).orElse(null)
        };
  }

  private static String sql(Shelf shelf, boolean withBody) {
    return """
        SELECT %s%s FROM %s WHERE seq BETWEEN ?1 AND ?2
          AND (?3 IS NULL OR event_id IN (SELECT value FROM json_each(?3))
               OR seq IN (SELECT value FROM json_each(?4)))
          AND (?5 IS NULL OR source = ?5) AND (?6 IS NULL OR %s >= ?6) AND (?7 IS NULL OR %s < ?7)
        ORDER BY seq"""
        .formatted(
            shelf.columns(),
            withBody ? ", body" : "",
            shelf.table(),
            shelf.moment(),
            shelf.moment());
  }

  private static String numbers(Collection<Long> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
  }

  /** Those that are there now; what comes while they are looked through is not among them. */
  Stream<Entry> oldestFirst() {
    long last = lastBefore(Long.MAX_VALUE).orElse(0L);
    return Stream.iterate(
            firstAfter(0), Optional::isPresent, from -> firstAfter(from.get() + WINDOW - 1))
        .map(Optional::get)
        .takeWhile(from -> from <= last)
        .flatMap(from -> window(from, Math.min(last, from + WINDOW - 1)).stream());
  }

  Stream<Entry> newestFirst() {
    return Stream.iterate(
            lastBefore(Long.MAX_VALUE),
            Optional::isPresent,
            to -> lastBefore(to.get() - WINDOW + 1))
        .map(Optional::get)
        .flatMap(to -> window(to - WINDOW + 1, to).reversed().stream());
  }

  private Optional<Long> firstAfter(long seq) {
    return number("SELECT min(seq) FROM %s WHERE seq > ?".formatted(shelf.table()), seq);
  }

  private Optional<Long> lastBefore(long seq) {
    return number("SELECT max(seq) FROM %s WHERE seq < ?".formatted(shelf.table()), seq);
  }

  private Optional<Long> number(String sql, long seq) {
    return file.read(
        sql, row -> row.getObject(1) == null ? Optional.empty() : Optional.of(row.getLong(1)), seq);
  }

  private List<Entry> window(long from, long to) {
    @Nullable Object[] values = new @Nullable Object[asked.length + 2];
    values[0] = from;
    values[1] = to;
    System.arraycopy(asked, 0, values, 2, asked.length);
    return file.read(fitting, this::fitting, values);
  }

  private List<Entry> fitting(ResultSet rows) throws SQLException {
    var entries = new ArrayList<Entry>();
    while (rows.next()) {
      Entry entry = shelf.entry(rows);
      if (hasReason(entry) && hasType(rows)) {
        entries.add(entry);
      }
    }
    return entries;
  }

  private boolean hasReason(Entry entry) {
    return switch (entry.state()) {
      case State.Waiting _, State.SetAside _, State.Behind _ -> wanted.reason().isEmpty();
      case State.Dead dead -> wanted.reason().map(dead.why()::contains).orElse(true);
    };
  }

  private boolean hasType(ResultSet row) throws SQLException {
    return wanted.type().isEmpty()
        || Envelope.of(row.getBytes("body")).eventType().equals(wanted.type());
  }
}
