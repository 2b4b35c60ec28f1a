package io.messagerelay.consumer.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
  /** Positions have no gaps, so the last one is the number of events. */
  private static final String LAST = "SELECT id, received_time FROM event ORDER BY id DESC LIMIT 1";

  static StoreStatus read(Connection connection, OptionalLong bytes) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(LAST);
        ResultSet last = select.executeQuery()) {
      return last.next()
          ? new StoreStatus(
              last.getLong(1),
              Optional.of(Instant.EPOCH.plus(last.getLong(2), ChronoUnit.MICROS)),
              bytes)
          : new StoreStatus(0, Optional.empty(), bytes);
    }
  }
}
