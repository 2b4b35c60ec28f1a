package io.messagerelay.propagator.spool;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a claim finds in its lane.
 *
 * @param events those that are claimed
 * @param passedOver the places of those whose key waits for an event that was set aside
 */
record Batch(List<SpooledEvent> events, List<Long> passedOver) {

  /** Reads on while the events are due and fit; what it does not ask for is never loaded. */
  static Batch read(ResultSet rows, long now, long maxBytes) throws SQLException {
    var batch = new Batch(new ArrayList<>(), new ArrayList<>());
    long bytes = 0;
    while (rows.next()) {
      if (rows.getBoolean(10)) {
        batch.passedOver.add(rows.getLong(1));
        continue;
      }
      if (rows.getLong(9) > now) {
        break;
      }
      SpooledEvent event = SpoolRows.spooledEvent(rows);
      bytes += event.body().length;
      if (bytes > maxBytes && !batch.events.isEmpty()) {
        break;
      }
      batch.events.add(event);
    }
    return batch;
  }
}
