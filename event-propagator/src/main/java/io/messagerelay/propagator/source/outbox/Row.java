package io.messagerelay.propagator.source.outbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A row that is not done.
 *
 * @param payloadBytes how long the payload is; more than {@link Rows#PAYLOAD_BYTES} where it is
 *     only the beginning
 * @param aboveMark whether its key is above the mark of the look
 */
record Row(
    String key,
    @Nullable String eventId,
    @Nullable String eventType,
    @Nullable String eventKey,
    @Nullable String traceparent,
    long payloadBytes,
    @Nullable String payload,
    boolean aboveMark) {

  /** From the columns of {@link SelectRows}. */
  static Row read(ResultSet row) throws SQLException {
    return new Row(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getLong(6),
        row.getString(7),
        row.getBoolean(8));
  }
}
