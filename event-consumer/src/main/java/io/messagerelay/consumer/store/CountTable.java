package io.messagerelay.consumer.store;

import io.messagerelay.consumer.store.EventTable.Row;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Adds to the table {@code event_count}: how many events were stored, by hour and type. It is
 * written in the transaction that stores the events, under the lock of their positions, so it is
 * right at every commit, whoever stores and whatever is undone or repeated. Owned by the thread
 * that appends.
 *
 * <p>The first {@value #MOST_TYPES} types of an hour have a row each; those that come later share
 * one, {@link #OTHERS}. Rows are never removed, so once an hour has that many, it is known for good
 * which types have theirs.
 */
final class CountTable {
  static final int MOST_TYPES = 100;

  /** What no event has for a type. */
  static final String OTHERS = "";

  private static final long MICROS_AN_HOUR = 3_600_000_000L;

  private final Dialect dialect;

  /** Types whose rows were seen in an hour, which is the one before any until then. */
  private final Set<String> seen = new HashSet<>();

  private long seenHour = Long.MIN_VALUE;

  CountTable(Dialect dialect) {
    this.dialect = dialect;
  }

  /** The hour of a time in microseconds, counted from 1970. */
  static long hourOf(long micros) {
    return Math.floorDiv(micros, MICROS_AN_HOUR);
  }

  /** Counts rows that this transaction stores, all received at this time. */
  void add(Connection connection, List<Row> rows, long receivedMicros) throws SQLException {
    Map<String, Long> stored = new HashMap<>();
    for (Row row : rows) {
      stored.merge(row.event().type(), 1L, Long::sum);
    }
    add(connection, hourOf(receivedMicros), stored);
  }

  /**
   * Counts rows that this transaction stores.
   *
   * @param receivedMicros of each row
   */
  void add(Connection connection, List<Row> rows, long[] receivedMicros) throws SQLException {
    Map<Long, Map<String, Long>> hours = new TreeMap<>();
    for (int i = 0; i < receivedMicros.length; i++) {
      hours
          .computeIfAbsent(hourOf(receivedMicros[i]), _ -> new HashMap<>())
          .merge(rows.get(i).event().type(), 1L, Long::sum);
    }
    for (Map.Entry<Long, Map<String, Long>> hour : hours.entrySet()) {
      add(connection, hour.getKey(), hour.getValue());
    }
  }

  /**
   * @param stored of one hour, by type
   */
  void add(Connection connection, long hour, Map<String, Long> stored) throws SQLException {
    look(connection, hour, stored.keySet());
    // In one order, so that transactions that meet do not wait for each other in a ring.
    Map<String, Long> rows = new TreeMap<>();
    int room = MOST_TYPES - seen.size();
    for (Map.Entry<String, Long> type : stored.entrySet()) {
      boolean itsOwn = seen.contains(type.getKey()) || room-- > 0;
      rows.merge(itsOwn ? type.getKey() : OTHERS, type.getValue(), Long::sum);
    }
    upsert(connection, hour, rows);
  }

  /** Reads which types have their rows, unless it is known of all of these. */
  private void look(Connection connection, long hour, Set<String> types) throws SQLException {
    if (hour != seenHour) {
      seen.clear();
      seenHour = hour;
    }
    if (seen.size() < MOST_TYPES && !seen.containsAll(types)) {
      seen.clear();
      seen.addAll(typesOf(connection, hour));
    }
  }

  /** Those that have a row of their own. */
  static Set<String> typesOf(Connection connection, long hour) throws SQLException {
    String sql = "SELECT type FROM event_count WHERE hour = ? AND type <> ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, hour);
      select.setString(2, OTHERS);
      Set<String> types = new HashSet<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          types.add(row.getString(1));
        }
      }
      return types;
    }
  }

  private void upsert(Connection connection, long hour, Map<String, Long> rows)
      throws SQLException {
    String sql =
        "INSERT INTO event_count (hour, type, arrived) VALUES "
            + EventTable.repeated("(?, ?, ?)", rows.size())
            + dialect.addingToCount();
    try (PreparedStatement upsert = connection.prepareStatement(sql)) {
      int parameter = 1;
      for (Map.Entry<String, Long> row : rows.entrySet()) {
        upsert.setLong(parameter++, hour);
        upsert.setString(parameter++, row.getKey());
        upsert.setLong(parameter++, row.getValue());
      }
      upsert.executeUpdate();
    }
  }
}
