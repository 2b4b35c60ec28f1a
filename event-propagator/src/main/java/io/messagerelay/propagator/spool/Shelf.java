package io.messagerelay.propagator.spool;

import io.messagerelay.propagator.spool.Entry.State;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The two places where a spool keeps things. */
public enum Shelf {
  PENDING("spooled", "taken", Attempts.NUMBER, "due, " + SqliteAside.HEAD),
  DEAD_LETTERS("dead_letter", "died", "attempts", "died, status, reasons");

  private final String table;
  private final String moment;
  private final String columns;

  Shelf(String table, String moment, String attempts, String state) {
    this.table = table;
    this.moment = moment;
    this.columns =
        "seq, event_id, event_key, source, place, taken, %s, length(body), %s"
            .formatted(attempts, state);
  }

  String table() {
    return table;
  }

  /** The column that tells since when it lies there. */
  String moment() {
    return moment;
  }

  /** What {@link #entry} reads. */
  String columns() {
    return columns;
  }

  Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        row.getLong(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        SpoolRows.instant(row, 6),
        row.getInt(7),
        row.getLong(8),
        state(row));
  }

  private State state(ResultSet row) throws SQLException {
    return switch (this) {
      case PENDING -> pending(row);
      case DEAD_LETTERS ->
          new State.Dead(
              SpoolRows.instant(row, 9), row.getInt(10), Reasons.read(row.getString(11)));
    };
  }

  private static State pending(ResultSet row) throws SQLException {
    long head = row.getLong(10);
    if (head == row.getLong(1)) {
      return new State.SetAside(
          SpoolRows.instant(row, 11),
          SpoolRows.instant(row, 12),
          row.getString(13),
          row.getInt(14));
    }
    return head == 0 ? new State.Waiting(SpoolRows.instant(row, 9)) : new State.Behind(head);
  }
}
