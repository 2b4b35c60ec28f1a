package io.messagerelay.propagator.spool;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a person does with entries, in transactions that are short enough for the runner beside it:
 *
 * <pre>
 *              bury
 *   spooled ─────────▶ dead_letter ─────────▶ gone, counted in the books
 *           ◀─────────             discard
 *             resend
 * </pre>
 *
 * Only what is still there is moved and counted. A crash leaves what whole transactions have done.
 */
final class Moves {
  private static final int MOST_ROWS = 500;
  private static final long MOST_BYTES = 4 * 1024 * 1024;

  private static final String SPOOL =
      "INSERT INTO spooled (event_id, event_key, source, lane_hash, place, taken, body)"
          + " SELECT event_id, event_key, source, ?, place, taken, body"
          + " FROM dead_letter WHERE seq = ?";
  private static final String BURY =
      "INSERT INTO dead_letter"
          + " (event_id, event_key, source, place, taken, died, attempts, status, reasons, body)"
          + " SELECT event_id, event_key, source, place, taken, ?, "
          + Attempts.NUMBER
          + ", 0, ?, body FROM spooled WHERE seq = ?";
  private static final String REMOVE_DEAD = "DELETE FROM dead_letter WHERE seq = ?";
  private static final String REMOVE_SPOOLED = "DELETE FROM spooled WHERE seq = ?";
  private static final String COUNT_RESENT =
      "UPDATE books SET dead = dead - ?1, pending = pending + ?1";
  private static final String COUNT_BURIED =
      "UPDATE books SET pending = pending - ?1, dead = dead + ?1";
  private static final String COUNT_DISCARDED =
      "UPDATE books SET dead = dead - ?1, discarded = discarded + ?1, bytes = bytes - ?2";

  private final SpoolFile file;
  private final Runnable between;

  Moves(SpoolFile file, Runnable between) {
    this.file = file;
    this.between = between;
  }

  /** To the end of the lane, as if it had never been tried; only those that have an id. */
  long resend(Stream<Entry> letters) {
    return inBatches(
        letters.filter(letter -> letter.eventId() != null),
        batch -> {
          int gone = 0;
          for (Entry letter : batch) {
            int lane = Lanes.hash(letter.eventKey(), letter.source());
            file.update(SPOOL, lane, letter.seq());
            gone += file.update(REMOVE_DEAD, letter.seq());
          }
          file.update(COUNT_RESENT, gone);
          return gone;
        });
  }

  long discard(Stream<Entry> letters) {
    return inBatches(
        letters,
        batch -> {
          int gone = 0;
          long bytes = 0;
          for (Entry letter : batch) {
            int one = file.update(REMOVE_DEAD, letter.seq());
            gone += one;
            bytes += one * letter.bytes();
          }
          file.update(COUNT_DISCARDED, gone, bytes);
          return gone;
        });
  }

  long bury(Stream<Entry> events, Instant now, List<String> reasons) {
    String written = Reasons.write(reasons);
    return inBatches(
        events,
        batch -> {
          int gone = 0;
          for (Entry event : batch) {
            file.update(BURY, now.toEpochMilli(), written, event.seq());
            gone += file.update(REMOVE_SPOOLED, event.seq());
          }
          file.update(COUNT_BURIED, gone);
          return gone;
        });
  }

  private interface Change {
    int apply(List<Entry> batch) throws SQLException;
  }

  private long inBatches(Stream<Entry> entries, Change change) {
    long changed = 0;
    var batch = new ArrayList<Entry>();
    long bytes = 0;
    for (Iterator<Entry> all = entries.iterator(); all.hasNext(); ) {
      Entry entry = all.next();
      boolean full = batch.size() == MOST_ROWS || bytes + entry.bytes() > MOST_BYTES;
      if (full && !batch.isEmpty()) {
        changed += inTransaction(batch, change);
        between.run();
        batch.clear();
        bytes = 0;
      }
      batch.add(entry);
      bytes += entry.bytes();
    }
    return batch.isEmpty() ? changed : changed + inTransaction(batch, change);
  }

  private int inTransaction(List<Entry> batch, Change change) {
    return file.inTransaction(() -> change.apply(batch));
  }
}
