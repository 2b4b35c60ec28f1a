package io.messagerelay.propagator.spool;

import io.messagerelay.propagator.spool.NewEntry.Deliverable;
import io.messagerelay.propagator.spool.NewEntry.Unusable;
import io.messagerelay.propagator.spool.Settlement.Dead;
import io.messagerelay.propagator.spool.Settlement.Delivered;
import io.messagerelay.propagator.spool.Settlement.Duplicate;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A spool in one SQLite file. Each call is one transaction, and what it changes is counted in the
 * one row of the books by the same transaction:
 *
 * <pre>
 *            take                   settle: delivered, duplicate
 *   source ───┬──────▶ spooled ─────┬─────────────────────────▶ gone, counted in the books
 *             │         ▲   │       │
 *             │         └───┘       │ settle: dead
 *             │     claim, defer    ▼
 *             └───────────────▶ dead_letter
 *              take: unusable
 * </pre>
 *
 * Times are kept to the millisecond. Shared by threads.
 */
public final class SqliteSpool implements Spool {
  private static final String COUNT_TAKEN =
      "UPDATE books SET taken = taken + ?, pending = pending + ?, dead = dead + ?,"
          + " bytes = bytes + ? WHERE bytes + ? + (pending + dead + ?) * ? <= ?";
  private static final String SPOOL =
      "INSERT INTO spooled (event_id, event_key, source, lane_hash, place, taken, body)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?)";
  private static final String BURY_UNUSABLE =
      "INSERT INTO dead_letter (source, place, taken, died, attempts, status, reasons, body)"
          + " VALUES (?, ?, ?, ?, 0, 0, ?, ?)";
  private static final String SAVE_PROGRESS =
      "INSERT INTO source_progress (source, progress) VALUES (?, ?)"
          + " ON CONFLICT (source) DO UPDATE SET progress = excluded.progress";
  private static final String PROGRESS = "SELECT progress FROM source_progress WHERE source = ?";
  private static final String BURY_SPOOLED =
      "INSERT INTO dead_letter"
          + " (event_id, event_key, source, place, taken, died, attempts, status, reasons, body)"
          + " SELECT event_id, event_key, source, place, taken, ?, attempts, ?, ?, body"
          + " FROM spooled WHERE seq = ?";
  private static final String REMOVE = "DELETE FROM spooled WHERE seq = ?";
  private static final String COUNT_SETTLED =
      "UPDATE books SET delivered = delivered + ?, duplicate = duplicate + ?, dead = dead + ?,"
          + " pending = pending - ?, bytes = bytes - ?";
  private static final String DEFER = "UPDATE spooled SET due = ? WHERE seq = ?";
  static final String BOOKS =
      "SELECT taken, delivered, duplicate, dead, discarded, pending, bytes FROM books";
  private static final String DEAD_LETTERS =
      "SELECT seq, event_id, event_key, source, place, body, taken, died, attempts, status, reasons"
          + " FROM dead_letter WHERE seq > ? ORDER BY seq LIMIT ?";

  private final SpoolFile file;
  private final long bound;
  private final Clock clock;
  private final DueClock dueClock;
  private final LaneSql laneSql;

  private SqliteSpool(SpoolFile file, DueClock dueClock, LaneSql laneSql, long bound, Clock clock) {
    this.file = file;
    this.laneSql = laneSql;
    this.bound = bound;
    this.clock = clock;
    this.dueClock = dueClock;
  }

  /**
   * Opens the spool, or makes a new one where there is no file. Only for the holder of the folder's
   * {@link RunnerLock}.
   *
   * @param bound the most that is kept, in bytes: bodies, dead letters included, and {@link
   *     #OVERHEAD_BYTES} for each
   * @throws SpoolException when the file cannot be opened, is no spool or is of a newer version
   */
  public static SqliteSpool open(Path path, Lanes lanes, long bound, Clock clock) {
    SpoolFile file = SpoolFile.open(path, lanes);
    var dueClock = new DueClock(file, clock);
    file.inTransaction(dueClock::begin);
    return new SqliteSpool(file, dueClock, LaneSql.of(lanes), bound, clock);
  }

  @Override
  public Take take(String source, List<NewEntry> entries, @Nullable String progress) {
    long now = clock.millis();
    return file.inTransaction(
        () -> {
          if (!countTaken(entries)) {
            return Take.FULL;
          }
          for (NewEntry entry : entries) {
            keep(source, entry, now);
          }
          if (progress != null) {
            file.update(SAVE_PROGRESS, source, progress);
          }
          return Take.TAKEN;
        });
  }

  private boolean countTaken(List<NewEntry> entries) throws SQLException {
    long count = entries.size();
    long dead = entries.stream().filter(Unusable.class::isInstance).count();
    long bytes = entries.stream().mapToLong(entry -> entry.body().length).sum();
    return file.update(
            COUNT_TAKEN, count, count - dead, dead, bytes, bytes, count, OVERHEAD_BYTES, bound)
        == 1;
  }

  private void keep(String source, NewEntry entry, long now) throws SQLException {
    switch (entry) {
      case Deliverable(var id, var key, var place, var body) ->
          file.update(SPOOL, id, key, source, Lanes.hash(key, source), place, now, body);
      case Unusable(var place, var body, var reasons) ->
          file.update(BURY_UNUSABLE, source, place, now, now, Reasons.write(reasons), body);
    }
  }

  @Override
  public Optional<String> progress(String source) {
    return file.read(PROGRESS, SpoolRows::firstText, source);
  }

  @Override
  public List<SpooledEvent> claim(int lane, int atMost, long maxBytes) {
    return file.inTransaction(
        () -> {
          long now = dueClock.read();
          List<SpooledEvent> batch =
              file.query(laneSql.oldest(), rows -> batch(rows, now, maxBytes), lane, atMost);
          if (!batch.isEmpty()) {
            file.update(laneSql.countAttempts(), lane, batch.getLast().seq());
          }
          return batch;
        });
  }

  /** Reads on while the events are due and fit; what it does not ask for is never loaded. */
  private static List<SpooledEvent> batch(ResultSet rows, long now, long maxBytes)
      throws SQLException {
    var batch = new ArrayList<SpooledEvent>();
    long bytes = 0;
    while (rows.next() && rows.getLong(9) <= now) {
      SpooledEvent event = SpoolRows.spooledEvent(rows);
      bytes += event.body().length;
      if (bytes > maxBytes && !batch.isEmpty()) {
        break;
      }
      batch.add(event);
    }
    return batch;
  }

  @Override
  public Optional<Instant> due(int lane) {
    return file.read(laneSql.due(), SpoolRows::firstInstant, lane);
  }

  @Override
  public void settle(List<? extends Settlement> settlements) {
    long now = clock.millis();
    file.inTransaction(() -> settle(settlements, now));
  }

  /** Counts only what was still there, so that an event that is settled twice is counted once. */
  private int settle(List<? extends Settlement> settlements, long now) throws SQLException {
    int delivered = 0;
    int duplicate = 0;
    int dead = 0;
    long bytes = 0;
    for (Settlement settlement : settlements) {
      SpooledEvent event = settlement.event();
      if (settlement instanceof Dead(_, int status, var reasons)) {
        file.update(BURY_SPOOLED, now, status, Reasons.write(reasons), event.seq());
      }
      int gone = file.update(REMOVE, event.seq());
      switch (settlement) {
        case Delivered _ -> delivered += gone;
        case Duplicate _ -> duplicate += gone;
        case Dead _ -> dead += gone;
      }
      bytes += settlement instanceof Dead ? 0 : gone * (long) event.body().length;
    }
    return file.update(
        COUNT_SETTLED, delivered, duplicate, dead, delivered + duplicate + dead, bytes);
  }

  @Override
  public void defer(List<SpooledEvent> events, Instant due) {
    file.inTransaction(
        () -> {
          for (SpooledEvent event : events) {
            file.update(DEFER, due.toEpochMilli(), event.seq());
          }
          return events.size();
        });
  }

  @Override
  public Books books() {
    return file.read(BOOKS, SpoolRows::books);
  }

  @Override
  public List<DeadLetter> deadLetters(long afterSeq, int limit) {
    return file.read(DEAD_LETTERS, SpoolRows::deadLetters, afterSeq, limit);
  }

  @Override
  public void close() {
    file.close();
  }
}
