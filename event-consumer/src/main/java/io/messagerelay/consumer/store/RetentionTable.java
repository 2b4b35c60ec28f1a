package io.messagerelay.consumer.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The SQL of removing events, and of the table {@code event_retention}. Stateless. */
final class RetentionTable {
  static final String OLDEST = "SELECT id FROM event WHERE id >= ? AND id < ? ORDER BY id LIMIT ?";
  static final String OLDEST_OF_TYPE =
      "SELECT id FROM event /*! FORCE INDEX (event_by_type) */"
          + " WHERE type = ? AND id >= ? AND id < ? ORDER BY id LIMIT ?";
  static final String TYPE_AFTER = "SELECT type FROM event WHERE type > ? ORDER BY type LIMIT 1";

  /** Events of one type that were received in one hour. */
  private record Counted(long hour, String type) implements Comparable<Counted> {
    @Override
    public int compareTo(Counted other) {
      int byHour = Long.compare(hour, other.hour);
      return byHour == 0 ? type.compareTo(other.type) : byHour;
    }
  }

  private RetentionTable() {}

  static long lastPosition(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("SELECT next - 1 FROM event_position WHERE one = 1");
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  static Optional<String> typeAfter(Connection connection, String type) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(TYPE_AFTER)) {
      select.setString(1, type);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    }
  }

  static List<Long> oldest(Connection connection, Cut cut, int limit) throws SQLException {
    try (PreparedStatement select = select(connection, "", cut, limit, "");
        ResultSet row = select.executeQuery()) {
      List<Long> positions = new ArrayList<>();
      while (row.next()) {
        positions.add(row.getLong(1));
      }
      return positions;
    }
  }

  static long count(Connection connection, Cut cut, long atMost) throws SQLException {
    try (PreparedStatement select =
            select(connection, "SELECT COUNT(*) FROM (", cut, atMost, ") AS doomed");
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  private static PreparedStatement select(
      Connection connection, String before, Cut cut, long limit, String after) throws SQLException {
    String some = cut.type() == null ? OLDEST : OLDEST_OF_TYPE;
    PreparedStatement select = connection.prepareStatement(before + some + after);
    int parameter = 1;
    if (cut.type() != null) {
      select.setString(parameter++, cut.type());
    }
    select.setLong(parameter++, cut.from());
    select.setLong(parameter++, cut.before());
    select.setLong(parameter, limit);
    return select;
  }

  static boolean take(Connection connection, Turn turn) throws SQLException {
    String sql =
        "UPDATE event_retention SET holder = ?, until_time = ?"
            + " WHERE one = 1 AND (holder = ? OR until_time < ?)";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, turn.holder());
      update.setLong(2, Micros.of(turn.until()));
      update.setString(3, turn.holder());
      update.setLong(4, Micros.of(turn.now()));
      return update.executeUpdate() == 1;
    }
  }

  static boolean giveBack(Connection connection, String holder) throws SQLException {
    String sql = "UPDATE event_retention SET until_time = 0 WHERE one = 1 AND holder = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, holder);
      return update.executeUpdate() == 1;
    }
  }

  /** Nobody else removes meanwhile: this transaction has the turn's row. */
  static int remove(Connection connection, List<Long> positions) throws SQLException {
    Map<Counted, Long> counts = counts(connection, positions);
    for (Map.Entry<Counted, Long> count : counts.entrySet()) {
      countRemoved(connection, count.getKey(), count.getValue());
    }
    String delete = "DELETE FROM event WHERE id IN (" + marks(positions) + ")";
    try (PreparedStatement statement = connection.prepareStatement(delete)) {
      bind(statement, positions);
      int removed = statement.executeUpdate();
      addRemoved(connection, removed);
      return removed;
    }
  }

  private static Map<Counted, Long> counts(Connection connection, List<Long> positions)
      throws SQLException {
    String sql = "SELECT received_time, type FROM event WHERE id IN (" + marks(positions) + ")";
    Map<Counted, Long> counts = new TreeMap<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      bind(select, positions);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          long hour = CountTable.hourOf(row.getLong(1));
          counts.merge(new Counted(hour, row.getString(2)), 1L, Long::sum);
        }
      }
    }
    return counts;
  }

  /** In the row where they were counted: their type's own, or the one that is shared. */
  private static void countRemoved(Connection connection, Counted counted, long number)
      throws SQLException {
    if (!raise(connection, counted.hour(), counted.type(), number)) {
      raise(connection, counted.hour(), CountTable.OTHERS, number);
    }
  }

  private static boolean raise(Connection connection, long hour, String type, long number)
      throws SQLException {
    String sql = "UPDATE event_count SET removed = removed + ? WHERE hour = ? AND type = ?";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setLong(1, number);
      update.setLong(2, hour);
      update.setString(3, type);
      return update.executeUpdate() == 1;
    }
  }

  private static void addRemoved(Connection connection, int number) throws SQLException {
    String sql = "UPDATE event_retention SET removed = removed + ? WHERE one = 1";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setInt(1, number);
      update.executeUpdate();
    }
  }

  private static String marks(List<Long> positions) {
    return EventTable.repeated("?", positions.size());
  }

  private static void bind(PreparedStatement statement, List<Long> positions) throws SQLException {
    int parameter = 1;
    for (long position : positions) {
      statement.setLong(parameter++, position);
    }
  }
}
