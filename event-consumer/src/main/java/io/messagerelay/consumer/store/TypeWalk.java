package io.messagerelay.consumer.store;

import io.messagerelay.contract.EventLimits;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Steps from type to type along their index, whatever number of events lies between. Used by one
 * thread, once.
 *
 * <p>MySQL compares texts as if the shorter one went on in blanks: what goes on in a control
 * character lies before its own beginning, and what differs in blanks at the end is the same. So
 * the walk looks before the beginning, too, and leaves blanks at its end away.
 */
final class TypeWalk implements AutoCloseable {
  static final String FROM = "SELECT type FROM event WHERE type >= ? ORDER BY type LIMIT 1";
  static final String AFTER = "SELECT type FROM event WHERE type > ? ORDER BY type LIMIT 1";

  private final PreparedStatement from;
  private final PreparedStatement after;
  private final int most;
  private final Set<String> types = new LinkedHashSet<>();

  private TypeWalk(Connection connection, int most) throws SQLException {
    this.from = connection.prepareStatement(FROM);
    this.after = connection.prepareStatement(AFTER);
    this.most = most;
  }

  /** As {@link EventStore#types}. */
  static List<String> types(Connection connection, String prefix, int most) throws SQLException {
    try (var walk = new TypeWalk(connection, most)) {
      return walk.typesWith(prefix);
    }
  }

  private List<String> typesWith(String prefix) throws SQLException {
    String beginning = prefix.stripTrailing();
    walk(beginning, beginning);
    walk(beginning, beginning + "\0".repeat(EventLimits.NAME_LENGTH));
    return new ArrayList<>(types);
  }

  private void walk(String beginning, String start) throws SQLException {
    Optional<String> type = first(from, start);
    while (types.size() < most
        && type.isPresent()
        && type.get().startsWith(beginning)
        && types.add(type.get())) {
      type = first(after, type.get());
    }
  }

  private static Optional<String> first(PreparedStatement select, String bound)
      throws SQLException {
    select.setString(1, bound);
    try (ResultSet type = select.executeQuery()) {
      return type.next() ? Optional.of(type.getString(1)) : Optional.empty();
    }
  }

  @Override
  public void close() throws SQLException {
    try (from) {
      after.close();
    }
  }
}
