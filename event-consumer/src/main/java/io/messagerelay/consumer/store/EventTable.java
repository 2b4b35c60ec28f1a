package io.messagerelay.consumer.store;

import io.messagerelay.contract.Event;
import io.messagerelay.contract.Payload;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The SQL of the tables {@code event} and {@code event_position}, in what all dialects share.
 * Stateless.
 */
final class EventTable {
  static final String COLUMNS =
      "id, event_id, type, payload, payload_kind, digest, event_key, traceparent, received_time";
  static final String FIND = "SELECT " + COLUMNS + " FROM event WHERE event_id = ?";
  static final String FIRST_SINCE =
      "SELECT id FROM event WHERE received_time >= ? ORDER BY received_time, id LIMIT 1";

  /** Of one INSERT. To parse a longer one costs more than to execute this one again. */
  private static final int MOST_ROWS = 250;

  /** The longest INSERT, but for a single row that is longer. */
  private static final long STATEMENT_BYTES = 3L * 1024 * 1024;

  /** What a row takes in it beside its texts: digest, numbers and marks. */
  private static final long ROW_BYTES = 256;

  /** Of an event that was erased. */
  private static final Payload NO_PAYLOAD = new Payload(Payload.Kind.JSON, "null");

  /** An event on its way in. */
  record Row(Event event, byte[] digest) {}

  /**
   * Where an id lies, and what content it has there.
   *
   * @param fresh whether this transaction put it there
   */
  record Place(long position, byte[] digest, boolean fresh) {
    boolean isAt(@Nullable Place other) {
      return other != null && other.position == position && Arrays.equals(other.digest, digest);
    }
  }

  /** Positions that a transaction holds until it ends, and the time its rows are received at. */
  record Claim(long first, long receivedMicros) {}

  private EventTable() {}

  /**
   * Takes the next {@code count} positions, 0 for none, and holds the position row from here to the
   * end of the transaction: no other transaction stores anything meanwhile.
   */
  static Claim claim(Connection connection, int count, long nowMicros) throws SQLException {
    String raise =
        "UPDATE event_position SET next = next + ?, last_received ="
            + " CASE WHEN last_received < ? THEN ? ELSE last_received END WHERE one = 1";
    try (PreparedStatement update = connection.prepareStatement(raise)) {
      update.setInt(1, count);
      update.setLong(2, nowMicros);
      update.setLong(3, nowMicros);
      update.executeUpdate();
    }
    String read = "SELECT next, last_received FROM event_position WHERE one = 1";
    try (PreparedStatement select = connection.prepareStatement(read);
        ResultSet position = select.executeQuery()) {
      position.next();
      return new Claim(position.getLong(1) - count, position.getLong(2));
    }
  }

  /** Returns where they lie now. */
  static Map<String, Place> insert(Connection connection, List<Row> rows, Claim claim)
      throws SQLException {
    insert(connection, rows, claim.first(), _ -> claim.receivedMicros());
    Map<String, Place> places = new HashMap<>();
    long position = claim.first();
    for (Row row : rows) {
      places.put(row.event().id(), new Place(position++, row.digest(), true));
    }
    return places;
  }

  /**
   * @param first the position of the first row; the others follow
   * @param receivedMicros of the row with an index
   */
  static void insert(
      Connection connection, List<Row> rows, long first, IntToLongFunction receivedMicros)
      throws SQLException {
    insert(connection, rows, i -> first + i, receivedMicros);
  }

  /**
   * @param position of the row with an index
   * @param receivedMicros of the row with an index
   */
  static void insert(
      Connection connection,
      List<Row> rows,
      IntToLongFunction position,
      IntToLongFunction receivedMicros)
      throws SQLException {
    try (var insert = new EventInsert(connection)) {
      for (int from = 0; from < rows.size(); ) {
        int to = endOfStatement(rows, from);
        PreparedStatement statement = insert.of(to - from);
        int parameter = 1;
        for (int i = from; i < to; i++) {
          parameter =
              bind(
                  statement,
                  parameter,
                  rows.get(i),
                  position.applyAsLong(i),
                  receivedMicros.applyAsLong(i));
        }
        statement.executeUpdate();
        from = to;
      }
    }
  }

  /** Before the first row that would make the statement too long. */
  private static int endOfStatement(List<Row> rows, int from) {
    long room = STATEMENT_BYTES - bytes(rows.get(from));
    int to = from + 1;
    int end = Math.min(rows.size(), from + MOST_ROWS);
    while (to < end) {
      room -= bytes(rows.get(to));
      if (room < 0) {
        break;
      }
      to++;
    }
    return to;
  }

  /** At most: a character is three bytes, each of which may be escaped. */
  private static long bytes(Row row) {
    Event event = row.event();
    int characters = event.id().length() + event.type().length() + event.payload().text().length();
    return ROW_BYTES + 6L * (characters + length(event.key()) + length(event.traceparent()));
  }

  private static int length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }

  private static int bind(
      PreparedStatement insert, int first, Row row, long position, long receivedMicros)
      throws SQLException {
    int parameter = first;
    Event event = row.event();
    insert.setLong(parameter++, position);
    insert.setString(parameter++, event.id());
    insert.setString(parameter++, event.type());
    insert.setString(parameter++, event.payload().text());
    insert.setInt(parameter++, event.payload().kind().code());
    insert.setBytes(parameter++, row.digest());
    insert.setString(parameter++, event.key());
    insert.setString(parameter++, event.traceparent());
    insert.setLong(parameter++, receivedMicros);
    return parameter;
  }

  /** Where these ids lie; those that are not there are not in the answer. */
  static Map<String, Place> places(Connection connection, List<Row> rows) throws SQLException {
    String sql =
        "SELECT event_id, id, digest FROM event WHERE event_id IN ("
            + repeated("?", rows.size())
            + ")";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      int parameter = 1;
      for (Row row : rows) {
        select.setString(parameter++, row.event().id());
      }
      Map<String, Place> places = new HashMap<>();
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          places.put(found.getString(1), new Place(found.getLong(2), found.getBytes(3), false));
        }
      }
      return places;
    }
  }

  static Optional<StoredEvent> find(Connection connection, String eventId) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(FIND)) {
      select.setString(1, eventId);
      return read(select).stream().findFirst();
    }
  }

  /** Those of these positions that are there, in their order. */
  static List<StoredEvent> at(Connection connection, List<Long> positions) throws SQLException {
    String sql =
        "SELECT "
            + COLUMNS
            + " FROM event WHERE id IN ("
            + repeated("?", positions.size())
            + ") ORDER BY id";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      int parameter = 1;
      for (long position : positions) {
        select.setLong(parameter++, position);
      }
      return read(select);
    }
  }

  /**
   * Walks an index per type, each for at most the page's limit, so that rare types cost no scan.
   */
  static List<StoredEvent> page(Connection connection, Page page) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(PageSql.of(page))) {
      int parameter = 1;
      for (String type : page.types()) {
        select.setString(parameter++, type);
        parameter = bindBounds(select, parameter, page);
      }
      if (page.types().isEmpty()) {
        bindBounds(select, parameter, page);
      } else {
        select.setInt(parameter, page.limit());
      }
      return read(select);
    }
  }

  private static int bindBounds(PreparedStatement select, int parameter, Page page)
      throws SQLException {
    select.setLong(parameter, page.from());
    select.setLong(parameter + 1, page.before());
    select.setInt(parameter + 2, page.limit());
    return parameter + 3;
  }

  static OptionalLong firstSince(Connection connection, long micros) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(FIRST_SINCE)) {
      select.setLong(1, micros);
      try (ResultSet first = select.executeQuery()) {
        return first.next() ? OptionalLong.of(first.getLong(1)) : OptionalLong.empty();
      }
    }
  }

  private static List<StoredEvent> read(PreparedStatement select) throws SQLException {
    List<StoredEvent> events = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        boolean erased = row.getInt(5) == JdbcEventErasure.ERASED;
        Payload payload =
            erased ? NO_PAYLOAD : new Payload(Payload.Kind.of(row.getInt(5)), row.getString(4));
        Event event =
            new Event(
                row.getString(2), row.getString(3), payload, row.getString(7), row.getString(8));
        Instant erasedTime = erased ? Micros.time(Long.parseLong(row.getString(4))) : null;
        events.add(new StoredEvent(row.getLong(1), event, Micros.time(row.getLong(9)), erasedTime));
      }
    }
    return events;
  }

  static String repeated(String part, int times) {
    return String.join(",", Collections.nCopies(times, part));
  }
}
