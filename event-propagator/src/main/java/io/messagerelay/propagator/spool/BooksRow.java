package io.messagerelay.propagator.spool;

import io.messagerelay.propagator.spool.NewEntry.Unusable;
import io.messagerelay.propagator.spool.Settlement.Dead;
import io.messagerelay.propagator.spool.Settlement.Delivered;
import io.messagerelay.propagator.spool.Settlement.Duplicate;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/**
 * The one row of the books. What changes it is for use in the transaction that changes what is
 * counted.
 */
final class BooksRow {
  private static final String COUNT_TAKEN =
      "UPDATE books SET taken = taken + ?, pending = pending + ?, dead = dead + ?,"
          + " bytes = bytes + ? WHERE bytes + ? + (pending + dead + ?) * ? <= ?";
  private static final String COUNT_SETTLED =
      "UPDATE books SET delivered = delivered + ?, duplicate = duplicate + ?, dead = dead + ?,"
          + " pending = pending - ?, bytes = bytes - ?";
  private static final String BOOKS =
      "SELECT taken, delivered, duplicate, dead, discarded, pending, bytes FROM books";
  private static final String DEAD_BYTES = "SELECT dead_bytes + dead * ? FROM books";

  private final SpoolFile file;

  BooksRow(SpoolFile file) {
    this.file = file;
  }

  Books read() {
    return file.read(BOOKS, SpoolRows::books);
  }

  long deadBytes() {
    return file.read(DEAD_BYTES, rows -> rows.getLong(1), Spool.OVERHEAD_BYTES);
  }

  /** Counts what is taken; false, and nothing is changed, when it would go beyond the bound. */
  boolean take(List<NewEntry> entries, long bound) throws SQLException {
    long count = entries.size();
    long dead = entries.stream().filter(Unusable.class::isInstance).count();
    long bytes = entries.stream().mapToLong(entry -> entry.body().length).sum();
    return file.update(
            COUNT_TAKEN,
            count,
            count - dead,
            dead,
            bytes,
            bytes,
            count,
            Spool.OVERHEAD_BYTES,
            bound)
        == 1;
  }

  /**
   * Counts what became of events, each once.
   *
   * @param removed those that have left their lanes now; emptied
   */
  int settle(List<? extends Settlement> settlements, Set<Long> removed) throws SQLException {
    int delivered = 0;
    int duplicate = 0;
    int dead = 0;
    long bytes = 0;
    for (Settlement settlement : settlements) {
      if (removed.remove(settlement.event().seq())) {
        switch (settlement) {
          case Delivered _ -> delivered++;
          case Duplicate _ -> duplicate++;
          case Dead _ -> dead++;
        }
        bytes += settlement instanceof Dead ? 0 : settlement.event().body().length;
      }
    }
    return file.update(
        COUNT_SETTLED, delivered, duplicate, dead, delivered + duplicate + dead, bytes);
  }
}
