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
 * @param fileBytes on disk, the write-ahead log included
 */
public record SpoolStatus(
    Books books, Optional<Oldest> oldest, Optional<LastDead> lastDead, long fileBytes) {

  /**
   * The event that was taken first of those that wait.
   *
   * @param attempts how many were started
   * @param due when the next one is; in the past: now
   */
  public record Oldest(Instant taken, int attempts, Instant due) {}

  /** Why and when the last dead letter died; the status is 0 when it was refused at the source. */
  public record LastDead(Instant died, int status, String reason) {}

  private static final String OLDEST =
      "SELECT taken, %s, due FROM spooled ORDER BY seq LIMIT 1".formatted(Attempts.NUMBER);
  private static final String LAST_DEAD =
      "SELECT died, status, reasons FROM dead_letter ORDER BY seq DESC LIMIT 1";

  /** Three short reads, so that no reader holds the log. */
  static SpoolStatus read(SpoolFile file) {
    return new SpoolStatus(
        new BooksRow(file).read(),
        file.read(OLDEST, SpoolStatus::oldest),
        file.read(LAST_DEAD, SpoolStatus::lastDead),
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

  /** As it is counted against the bound of the spool. */
  public long keptBytes() {
    return books.bytes() + (books.pending() + books.dead()) * Spool.OVERHEAD_BYTES;
  }
}
