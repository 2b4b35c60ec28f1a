package io.messagerelay.propagator.spool;

import io.messagerelay.propagator.spool.NewEntry.Deliverable;
import io.messagerelay.propagator.spool.NewEntry.Unusable;
import io.messagerelay.propagator.spool.Settlement.Dead;
import io.messagerelay.propagator.spool.SqliteAside.Standing;
import java.nio.file.Path;
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
          + " SELECT event_id, event_key, source, place, taken, ?, "
          + Attempts.NUMBER
          + ", ?, ?, body FROM spooled WHERE seq = ?";
  private static final String DEFER = "UPDATE spooled SET due = ? WHERE seq = ?";
  private static final String DEAD_LETTERS =
      "SELECT seq, event_id, event_key, source, place, body, taken, died, attempts, status, reasons"
          + " FROM dead_letter WHERE seq > ? ORDER BY seq LIMIT ?";

  private final SpoolFile file;
  private final Disk disk;
  private final SpoolLimits limits;
  private final Clock clock;
  private final DueClock dueClock;
  private final LaneSql laneSql;
  private final Attempts attempts;
  private final SqliteAside aside;
  private final SpooledRows rows;
  private final BooksRow books;

  private SqliteSpool(
      SpoolFile file, DueClock dueClock, Lanes lanes, SpoolLimits limits, Clock clock) {
    this.file = file;
    this.laneSql = LaneSql.of(lanes);
    this.attempts = new Attempts(file, lanes);
    this.aside = new SqliteAside(file, lanes, dueClock, attempts);
    this.rows = new SpooledRows(file);
    this.books = new BooksRow(file);
    this.disk = Disk.of(file.path());
    this.limits = limits;
    this.clock = clock;
    this.dueClock = dueClock;
  }

  /**
   * Opens the spool, or makes a new one where there is no file. Only for the holder of the folder's
   * {@link RunnerLock}.
   *
   * @throws SpoolException when the file cannot be opened, is no spool or is of a newer version
   */
  public static SqliteSpool open(Path path, Lanes lanes, SpoolLimits limits, Clock clock) {
    SpoolFile file = SpoolFile.open(path, lanes);
    var dueClock = new DueClock(file, clock);
    file.inTransaction(dueClock::begin);
    return new SqliteSpool(file, dueClock, lanes, limits, clock);
  }

  @Override
  public Take take(String source, List<NewEntry> entries, @Nullable String progress) {
    if (!disk.hasFree(limits.minFreeBytes())) {
      return Take.DISK_LOW;
    }
    long now = clock.millis();
    return file.inTransaction(
        () -> {
          if (!books.take(entries, limits.maxBytes())) {
            return Take.FULL;
          }
          keep(source, entries, now);
          if (progress != null) {
            file.update(SAVE_PROGRESS, source, progress);
          }
          return Take.TAKEN;
        });
  }

  private void keep(String source, List<NewEntry> entries, long now) throws SQLException {
    var deliverable = new ArrayList<Deliverable>(entries.size());
    for (NewEntry entry : entries) {
      switch (entry) {
        case Deliverable event -> deliverable.add(event);
        case Unusable(var place, var body, var reasons) ->
            file.update(BURY_UNUSABLE, source, place, now, now, Reasons.write(reasons), body);
      }
    }
    rows.insert(source, deliverable, now);
  }

  @Override
  public Optional<String> progress(String source) {
    return file.read(PROGRESS, SpoolRows::firstText, source);
  }

  @Override
  public List<SpooledEvent> claim(int lane, long afterSeq, int atMost, long maxBytes) {
    return file.inTransaction(
        () -> {
          if (afterSeq == 0) {
            attempts.count(lane);
          }
          Standing standing = aside.standing(lane, afterSeq == 0);
          String oldest = standing.hasKeys() ? laneSql.oldestMarked() : laneSql.oldest();
          long now = dueClock.read();
          Batch batch =
              file.query(
                  oldest,
                  rows -> Batch.read(rows, now, maxBytes),
                  lane,
                  afterSeq,
                  standing.before(),
                  atMost);
          aside.passOver(batch.passedOver());
          if (!batch.events().isEmpty()) {
            attempts.begin(lane, batch.events().getLast().seq());
          }
          return batch.events();
        });
  }

  @Override
  public void release(int lane, long seq) {
    file.inTransaction(() -> attempts.begin(lane, seq));
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
    for (Settlement settlement : settlements) {
      if (settlement instanceof Dead(var event, int status, var reasons)) {
        file.update(BURY_SPOOLED, now, status, Reasons.write(reasons), event.seq());
      }
    }
    return books.settle(
        settlements, rows.remove(settlements.stream().mapToLong(each -> each.event().seq())));
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
  public Aside aside() {
    return aside;
  }

  @Override
  public Books books() {
    return books.read();
  }

  @Override
  public long deadBytes() {
    return books.deadBytes();
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
