package io.messagerelay.consumer.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads the counts that {@link CountTable} keeps. */
final class JdbcEventCounts implements EventCounts {
  private static final Duration HOUR = Duration.ofHours(1);

  private final Reads reads;

  JdbcEventCounts(Connections connections) {
    this.reads = new Reads(connections);
  }

  @Override
  public List<HourCount> between(Instant from, Instant before, List<String> types, int limit)
      throws StoreException {
    return reads.read("read counts", connection -> between(connection, from, before, types, limit));
  }

  private static List<HourCount> between(
      Connection connection, Instant from, Instant before, List<String> types, int limit)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql(types.size()))) {
      select.setLong(1, hour(from));
      select.setLong(2, hour(before));
      int parameter = 3;
      for (String type : types) {
        select.setString(parameter++, type);
      }
      select.setInt(parameter, limit);
      return read(select);
    }
  }

  private static String sql(int types) {
    String some =
        types == 0
            ? ""
            : " AND type IN ('" + CountTable.OTHERS + "'," + EventTable.repeated("?", types) + ")";
    return "SELECT hour, type, arrived, removed FROM event_count WHERE hour >= ? AND hour < ?"
        + some
        + " ORDER BY hour, type LIMIT ?";
  }

  private static List<HourCount> read(PreparedStatement select) throws SQLException {
    List<HourCount> counts = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        String type = row.getString(2);
        counts.add(
            new HourCount(
                Instant.EPOCH.plus(HOUR.multipliedBy(row.getLong(1))),
                type.equals(CountTable.OTHERS) ? null : type,
                row.getLong(3),
                row.getLong(4)));
      }
    }
    return counts;
  }

  private static long hour(Instant time) {
    return Math.floorDiv(time.getEpochSecond(), HOUR.toSeconds());
  }
}
