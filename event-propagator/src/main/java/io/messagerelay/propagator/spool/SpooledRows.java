package io.messagerelay.propagator.spool;

import io.messagerelay.propagator.spool.NewEntry.Deliverable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Puts rows of waiting events into the spool and takes them out, many by one statement: a statement
 * costs more than a row. For use in the spool's transactions.
 */
final class SpooledRows {
  private static final String INSERT =
      "INSERT INTO spooled (event_id, event_key, source, lane_hash, place, taken, body) VALUES ";
  private static final String ROW = "(?, ?, ?, ?, ?, ?, ?)";
  private static final int COLUMNS = 7;

  /** More save next to nothing. */
  private static final int ROWS = 50;

  private static final String INSERT_ONE = INSERT + ROW;
  private static final String INSERT_MANY =
      INSERT + String.join(", ", Collections.nCopies(ROWS, ROW));
  private static final String REMOVE =
      "DELETE FROM spooled WHERE seq IN (SELECT value FROM json_each(?)) RETURNING seq";

  private final SpoolFile file;

  SpooledRows(SpoolFile file) {
    this.file = file;
  }

  void insert(String source, List<Deliverable> events, long now) throws SQLException {
    int begin = 0;
    for (; begin + ROWS <= events.size(); begin += ROWS) {
      file.update(INSERT_MANY, values(source, events.subList(begin, begin + ROWS), now));
    }
    for (Deliverable event : events.subList(begin, events.size())) {
      file.update(INSERT_ONE, values(source, List.of(event), now));
    }
  }

  private static @Nullable Object[] values(String source, List<Deliverable> events, long now) {
    @Nullable Object[] values = new @Nullable Object[events.size() * COLUMNS];
    int at = 0;
    for (Deliverable event : events) {
      values[at++] = event.eventId();
      values[at++] = event.eventKey();
      values[at++] = source;
      values[at++] = Lanes.hash(event.eventKey(), source);
      values[at++] = event.place();
      values[at++] = now;
      values[at++] = event.body();
    }
    return values;
  }

  /** Removes those that are still there, and says which they were. */
  Set<Long> remove(LongStream seqs) throws SQLException {
    String array = seqs.mapToObj(Long::toString).collect(Collectors.joining(",", "[", "]"));
    return file.query(REMOVE, SpooledRows::numbers, array);
  }

  private static Set<Long> numbers(ResultSet rows) throws SQLException {
    var numbers = new HashSet<Long>();
    while (rows.next()) {
      numbers.add(rows.getLong(1));
    }
    return numbers;
  }
}
