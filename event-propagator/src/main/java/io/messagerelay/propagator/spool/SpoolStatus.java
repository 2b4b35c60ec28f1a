package io.messagerelay.propagator.spool;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * A spool as an onlooker finds it, beside its runner or without one.
 *
 * @param books of one moment
 * @param oldest what has waited longest; empty when nothing waits
 * @param lastDead the dead letter that came last; empty when there is none
 * @param aside what is set aside; empty when nothing is
 * @param fileBytes on disk, the write-ahead log included
 */
public record SpoolStatus(
    Books books,
    Optional<Oldest> oldest,
    Optional<LastDead> lastDead,
    Optional<AsideSummary> aside,
    long fileBytes) {

  /**
   * The event that was taken first of those that wait.
   *
   * @param attempts how many were started
   * @param due when the next one is; in the past: now
   */
  public record Oldest(Instant taken, int attempts, Instant due) {}

  /** Why and when the last dead letter died; the status is 0 when it was refused at the source. */
  public record LastDead(Instant died, int status, String reason) {}

  /**
   * Of the events that fail again and again while others pass.
   *
   * @param events how many of them there are
   * @param behind how many wait for one of their key
   * @param since when the first of them was set aside
   * @param cause what that one failed of last
   * @param due when that one is tried next; in the past: now
   */
  public record AsideSummary(long events, long behind, Instant since, String cause, Instant due) {}

  private static final String OLDEST =
      "SELECT taken, %s, coalesce((SELECT a.due FROM set_aside AS a WHERE a.seq = spooled.seq), due)"
              .formatted(Attempts.NUMBER)
          + " FROM spooled ORDER BY seq LIMIT 1";
  private static final String LAST_DEAD =
      "SELECT died, status, reasons FROM dead_letter ORDER BY seq DESC LIMIT 1";

  private static final String ASIDE =
      "SELECT (SELECT count(*) FROM set_aside),"
          + " (SELECT count(*) FROM set_aside AS a JOIN spooled AS s"
          + " ON s.aside = 1 AND s.event_key = a.event_key AND s.seq <> a.seq),"
          + " since, cause, due FROM set_aside ORDER BY since, seq LIMIT 1";

  /** Short reads, so that no reader holds the log. */
  static SpoolStatus read(SpoolFile file) {
    return new SpoolStatus(
        new BooksRow(file).read(),
        file.read(OLDEST, SpoolStatus::oldest),
        file.read(LAST_DEAD, SpoolStatus::lastDead),
        file.read(ASIDE, SpoolStatus::aside),
        SpoolConnection.bytes(file.path()));
  }

  private static Optional<Oldest> oldest(ResultSet rows) throws SQLException {
    return rows.next()
        ? Optional.of(
            new Oldest(SpoolRows.instant(rows, 1), rows.getInt(2), SpoolRows.instant(rows, 3)))
        : Optional.empty();
  }

  private static Optional<LastDead> lastDead(ResultSet rows) throws SQLException {
    return rows.next()
        ? Optional.of(
            new LastDead(
                SpoolRows.instant(rows, 1),
                rows.getInt(2),
                String.join("; ", Reasons.read(rows.getString(3)))))
        : Optional.empty();
  }

  private static Optional<AsideSummary> aside(ResultSet rows) throws SQLException {
    return rows.next()
        ? Optional.of(
            new AsideSummary(
                rows.getLong(1),
                rows.getLong(2),
                SpoolRows.instant(rows, 3),
                rows.getString(4),
                SpoolRows.instant(rows, 5)))
        : Optional.empty();
  }

  /** As it is counted against the bound of the spool. */
  public long keptBytes() {
    return books.keptBytes();
  }
}
