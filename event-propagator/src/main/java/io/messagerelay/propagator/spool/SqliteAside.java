package io.messagerelay.propagator.spool;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is set aside, in the spool's file. {@code set_aside} says which events fail; {@code
 * spooled.aside} is 1 for them and for all that have left their lane to wait for one of them; and
 * {@code freed} has the keys of those that have gone since:
 *
 * <pre>
 *             put                           settle, bury
 *   in lane ───────▶ set aside ─────────────────────────▶ gone; a trigger writes the key to freed
 *           ───────▶ out of lane, behind the one set aside
 *            claim       │
 *           ◀────────────┘
 *            claims from 0, of keys in freed, the oldest first
 * </pre>
 *
 * Each call is one transaction of the spool's.
 */
final class SqliteAside implements Aside {
  private static final int MOST_BACK = 1_000;
  private static final long END = Long.MAX_VALUE;

  private static final String LEAVE = "UPDATE spooled SET aside = 1 WHERE seq = ? AND aside = 0";
  private static final String PUT =
      "INSERT INTO set_aside (seq, event_key, lane_hash, since, due, failures, cause)"
          + " SELECT seq, event_key, lane_hash, ?, ?, 0, ? FROM spooled WHERE seq = ?";
  private static final String COUNT = "UPDATE spooled SET attempts = attempts + 1 WHERE seq = ?";
  private static final String DEFER =
      "UPDATE set_aside SET due = ?, failures = ?, cause = ? WHERE seq = ?";
  private static final String PASS_OVER =
      "UPDATE spooled SET aside = 1 WHERE seq IN (SELECT value FROM json_each(?))";
  private static final String FORGET = "DELETE FROM freed WHERE event_key = ?";

  /** By the index of what is due; each event is found by its key then. */
  static final String NEXT =
      "SELECT s.seq, s.event_id, s.event_key, s.source, s.place, s.body, s.taken, s.attempts + 1,"
          + " a.since, a.failures, a.cause FROM set_aside AS a CROSS JOIN spooled AS s"
          + " WHERE a.due <= ? AND s.seq = a.seq ORDER BY a.due, a.seq LIMIT 1";

  private static final String OF_HEAD =
      "CASE spooled.aside WHEN 1 THEN (SELECT a.%s FROM set_aside AS a"
          + " WHERE a.seq = spooled.seq OR a.event_key = spooled.event_key) END";

  /** The seq, due, since, cause and failures of the one that a row of spooled is or waits for. */
  static final String HEAD =
      Stream.of("seq", "due", "since", "cause", "failures")
          .map(OF_HEAD::formatted)
          .collect(Collectors.joining(", "));

  static final String DUE = "SELECT due FROM set_aside ORDER BY due LIMIT 1";
  static final String COME_BACK =
      "UPDATE spooled SET aside = 0 WHERE seq IN"
          + " (SELECT seq FROM spooled WHERE aside = 1 AND event_key = ? ORDER BY seq LIMIT ?)";
  static final String NEXT_BACK =
      "SELECT seq FROM spooled WHERE aside = 1 AND event_key = ? ORDER BY seq LIMIT 1";

  private final SpoolFile file;
  private final Lanes lanes;
  private final DueClock dueClock;
  private final Attempts attempts;
  private final String freed;
  private final String standing;

  SqliteAside(SpoolFile file, Lanes lanes, DueClock dueClock, Attempts attempts) {
    this.file = file;
    this.lanes = lanes;
    this.dueClock = dueClock;
    this.attempts = attempts;
    this.freed = "SELECT event_key FROM freed WHERE %s = ?".formatted(SpoolSchema.laneOf(lanes));
    this.standing =
        "SELECT EXISTS (SELECT 1 FROM set_aside WHERE event_key IS NOT NULL), EXISTS (%s)"
            .formatted(freed);
  }

  @Override
  public void put(SpooledEvent event, String cause, Instant due) {
    file.inTransaction(
        () -> {
          attempts.count(lanes.of(event.eventKey(), event.source()));
          long since = dueClock.read();
          boolean left = file.update(LEAVE, event.seq()) == 1;
          if (left) {
            file.update(PUT, since, due.toEpochMilli(), cause, event.seq());
            file.update(FORGET, event.eventKey());
          }
          return left;
        });
  }

  @Override
  public Optional<AsideEvent> claim() {
    return file.inTransaction(
        () -> {
          Optional<AsideEvent> next = file.query(NEXT, SqliteAside::first, dueClock.read());
          if (next.isPresent()) {
            file.update(COUNT, next.get().event().seq());
          }
          return next;
        });
  }

  private static Optional<AsideEvent> first(ResultSet rows) throws SQLException {
    return rows.next()
        ? Optional.of(
            new AsideEvent(
                SpoolRows.spooledEvent(rows),
                SpoolRows.instant(rows, 9),
                rows.getInt(10),
                rows.getString(11)))
        : Optional.empty();
  }

  @Override
  public void defer(AsideEvent event, Instant due) {
    long seq = event.event().seq();
    file.inTransaction(
        () -> file.update(DEFER, due.toEpochMilli(), event.failures(), event.cause(), seq));
  }

  @Override
  public Optional<Instant> due() {
    return file.read(DUE, SpoolRows::firstInstant);
  }

  /**
   * What a claim has to know.
   *
   * @param hasKeys whether an event that is set aside has a key, so that others may wait for it
   * @param before it ends there, because older ones have to come back first; 0: it gives nothing
   */
  record Standing(boolean hasKeys, long before) {}

  /**
   * How it stands for a claim, which may let back what waits for nobody now. In a transaction, as
   * {@link #passOver}.
   */
  Standing standing(int lane, boolean letBack) throws SQLException {
    Flags found =
        file.query(standing, row -> new Flags(row.getBoolean(1), row.getBoolean(2)), lane);
    if (!found.hasFreed) {
      return new Standing(found.hasKeys, END);
    }
    return new Standing(found.hasKeys, letBack ? letBack(lane) : 0);
  }

  private record Flags(boolean hasKeys, boolean hasFreed) {}

  /** Some at a time, because those of one key may fill the spool. Returns where the rest begins. */
  private long letBack(int lane) throws SQLException {
    long before = END;
    int atMost = MOST_BACK;
    for (String key : file.query(freed, SqliteAside::keys, lane)) {
      atMost -= file.update(COME_BACK, key, atMost);
      long next = file.query(NEXT_BACK, row -> row.next() ? row.getLong(1) : END, key);
      if (next == END) {
        file.update(FORGET, key);
      }
      before = Math.min(before, next);
    }
    return before;
  }

  private static List<String> keys(ResultSet rows) throws SQLException {
    var keys = new ArrayList<String>();
    while (rows.next()) {
      keys.add(rows.getString(1));
    }
    return keys;
  }

  /** Takes events out of their lane that wait for one of their key. */
  void passOver(List<Long> seqs) throws SQLException {
    if (!seqs.isEmpty()) {
      file.update(PASS_OVER, seqs.toString());
    }
  }
}
