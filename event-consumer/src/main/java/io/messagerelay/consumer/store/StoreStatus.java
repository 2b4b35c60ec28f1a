package io.messagerelay.consumer.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A store as an onlooker finds it, beside a running service or without one.
 *
 * @param events how many are stored
 * @param lastReceived when the last of them was; empty when there is none
 * @param bytes on disk, logs included; empty where that costs more than a glance
 */
public record StoreStatus(long events, Optional<Instant> lastReceived, OptionalLong bytes) {
  /** A script that a store of an earlier version does not know; it has removed nothing. */
  private static final String KNOWS_RETENTION = "__event_retention.sql ";

  private static final String REMOVED = "SELECT removed FROM event_retention WHERE one = 1";

  private static final String GIVEN = "SELECT next - 1 FROM event_position WHERE one = 1";

  private static final String LAST = "SELECT received_time FROM event ORDER BY id DESC LIMIT 1";

  /** Positions have no gaps but for what was removed. */
  static StoreStatus read(Connection connection, OptionalLong bytes) throws SQLException {
    long given = number(connection, GIVEN).orElseThrow();
    long events = given - removed(connection);
    OptionalLong last = number(connection, LAST);
    Optional<Instant> received =
        last.isPresent() ? Optional.of(Micros.time(last.getAsLong())) : Optional.empty();
    return new StoreStatus(events, received, bytes);
  }

  private static long removed(Connection connection) throws SQLException {
    boolean knows =
        Schema.history(connection).stream().anyMatch(each -> each.contains(KNOWS_RETENTION));
    return knows ? number(connection, REMOVED).orElseThrow() : 0;
  }

  private static OptionalLong number(Connection connection, String sql) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet row = select.executeQuery()) {
      return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
    }
  }
}
