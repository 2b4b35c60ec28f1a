package io.messagerelay.benchmarks.store;

import io.messagerelay.benchmarks.load.SampleEvents;
import io.messagerelay.consumer.store.Database;
import io.messagerelay.consumer.store.StoreException;
import io.messagerelay.consumer.store.StoreOpeningException;
import io.messagerelay.contract.Event;
import io.messagerelay.contract.Payload;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.LongStream;

/**
 * Fills a store with many rows fast: the first hundred by an append, the others by copying rows
 * inside the database. One row is received each millisecond; ids are in order, types take turns.
 */
public final class Filling {
  /** How many rows are appended before they are copied. */
  public static final int SEED = 100;

  private static final int COPIED_AT_ONCE = 100_000;
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final String ID_BEGIN = "01995b7e-0000-7000-8000-";

  private Filling() {}

  /**
   * @param rows at least {@link #SEED}
   */
  public static void fill(StorePlace place, long rows)
      throws StoreOpeningException, StoreException, SQLException {
    try (Database database = OpenStore.of(place.settings(), Clock.systemUTC())) {
      var _ =
          database
              .events()
              .append(LongStream.rangeClosed(1, SEED).mapToObj(Filling::event).toList());
    }
    try (Connection connection = place.connect()) {
      update(connection, "UPDATE event SET received_time = ? + id * 1000", micros(BEGIN));
      for (long filled = SEED; filled < rows; ) {
        long more = Math.min(Math.min(filled, rows - filled), COPIED_AT_ONCE);
        copy(connection, place.idExpression(ID_BEGIN), filled, more);
        filled += more;
      }
      update(
          connection,
          "UPDATE event_position SET next = ?, last_received = ?",
          rows + 1,
          micros(receivedAt(rows)));
    }
  }

  /** The id of the row at this position. */
  public static String eventId(long position) {
    return "%s%012x".formatted(ID_BEGIN, position);
  }

  /** When the row at this position was received. */
  public static Instant receivedAt(long position) {
    return BEGIN.plusMillis(position);
  }

  private static Event event(long position) {
    var payload = new Payload(Payload.Kind.STRING, SampleEvents.PAYLOAD);
    return new Event(eventId(position), SampleEvents.type((int) position), payload, null, null);
  }

  private static void copy(Connection connection, String eventId, long filled, long more)
      throws SQLException {
    String sql =
        "INSERT INTO event (id, event_id, type, payload, payload_kind, digest, received_time)"
            + " SELECT id + ?, "
            + eventId
            + ", type, payload, payload_kind, digest, received_time + ? FROM event WHERE id <= ?";
    update(connection, sql, filled, filled, filled * 1000, more);
  }

  private static void update(Connection connection, String sql, long... values)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        update.setLong(i + 1, values[i]);
      }
      update.executeUpdate();
    }
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }
}
