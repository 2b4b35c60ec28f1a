package io.messagerelay.consumer.store;

import io.messagerelay.consumer.store.EventTable.Place;
import io.messagerelay.contract.Event;
import io.messagerelay.contract.Payload;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The SQL of the Python message-relay's table {@code events}, which is only read, and of {@code
 * python_events_copied}. Stateless.
 *
 * <pre>
 *   events (id INTEGER AUTO_INCREMENT PRIMARY KEY, type VARCHAR(255) NOT NULL, payload TEXT,
 *           received_time TIMESTAMP NOT NULL)
 * </pre>
 */
final class PythonEventTable {
  /** As the original makes them, and what people change when numbers or payloads grow. */
  private static final Map<String, Pattern> COLUMNS =
      Map.of(
          "id", Pattern.compile("(int(\\(\\d+\\))?( unsigned)?|bigint(\\(\\d+\\))?) NO PRI"),
          "type", Pattern.compile("varchar\\((\\d\\d?|1\\d\\d|2[0-4]\\d|25[0-5])\\) NO (MUL)?"),
          "payload", Pattern.compile("(medium)?text (YES|NO) (MUL)?"),
          "received_time", Pattern.compile("timestamp(\\(\\d\\))? NO (MUL)?"));

  private static final String GREATEST_ID = "SELECT MAX(id) FROM events";
  private static final String PROGRESS = "SELECT last_id FROM python_events_copied";
  private static final int DIGEST_BYTES_IN_ID = 16;

  /** What the table of this name is. */
  enum Standing {
    ABSENT,
    /** Another program made it. */
    FOREIGN,
    PYTHONS
  }

  /**
   * A row on its way into our own table.
   *
   * @param receivedMicros as it stands there
   */
  record Row(EventTable.Row event, long receivedMicros) {
    static Row of(String eventId, String type, Payload payload, long receivedMicros) {
      Event event = new Event(eventId, type, payload, null, null);
      return new Row(new EventTable.Row(event, event.contentDigest()), receivedMicros);
    }

    String eventId() {
      return event.event().id();
    }

    /** This row, under an id with its content in it when something else lies under its own. */
    Row besides(@Nullable Place place) {
      byte[] digest = event.digest();
      if (place == null || Arrays.equals(place.digest(), digest)) {
        return this;
      }
      String id = eventId() + '-' + HexFormat.of().formatHex(digest, 0, DIGEST_BYTES_IN_ID);
      return of(id, event.event().type(), event.event().payload(), receivedMicros);
    }
  }

  private PythonEventTable() {}

  static Standing standing(Connection connection) throws SQLException {
    Map<String, String> columns = columns(connection);
    if (columns.isEmpty()) {
      return Standing.ABSENT;
    }
    boolean fitting =
        columns.keySet().equals(COLUMNS.keySet())
            && COLUMNS.entrySet().stream()
                .allMatch(
                    column -> column.getValue().matcher(columns.get(column.getKey())).matches());
    return fitting ? Standing.PYTHONS : Standing.FOREIGN;
  }

  /** Each column's type, whether it may be null, and the kind of its key. */
  private static Map<String, String> columns(Connection connection) throws SQLException {
    String sql =
        "SELECT column_name, CONCAT_WS(' ', column_type, is_nullable, column_key)"
            + " FROM information_schema.columns"
            + " WHERE table_schema = DATABASE() AND table_name = 'events'";
    Map<String, String> columns = new TreeMap<>();
    try (Statement select = connection.createStatement();
        ResultSet column = select.executeQuery(sql)) {
      while (column.next()) {
        columns.put(column.getString(1), column.getString(2));
      }
    }
    return columns;
  }

  /** Whether it has rows behind those that were copied. */
  static boolean hasMore(Connection connection) throws SQLException {
    OptionalLong greatest = number(connection, GREATEST_ID);
    return greatest.isPresent() && greatest.getAsLong() > number(connection, PROGRESS).getAsLong();
  }

  /**
   * The greatest id at a moment when nobody was writing the table: no row can appear below it any
   * more. The database gives ids before it commits, so without the lock one could.
   */
  static long settledId(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("LOCK TABLES events READ");
      long greatest = number(connection, GREATEST_ID).orElse(Long.MIN_VALUE);
      statement.execute("UNLOCK TABLES");
      return greatest;
    }
  }

  /** The last id that was copied. Nobody else moves it before this transaction ends. */
  static long lockedProgress(Connection connection) throws SQLException {
    return number(connection, PROGRESS + " FOR UPDATE").getAsLong();
  }

  static void moveProgress(Connection connection, long lastId) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE python_events_copied SET last_id = ?")) {
      update.setLong(1, lastId);
      update.executeUpdate();
    }
  }

  private static OptionalLong number(Connection connection, String sql) throws SQLException {
    try (Statement select = connection.createStatement();
        ResultSet row = select.executeQuery(sql)) {
      row.next();
      long number = row.getLong(1);
      return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(number);
    }
  }

  /**
   * The last id of the next batch: at most so many rows and bytes of payload, but at least one row.
   * Empty when there is none.
   */
  static OptionalLong endOfBatch(Connection connection, long after, long upTo, int rows, long bytes)
      throws SQLException {
    String sql =
        "SELECT id, COALESCE(OCTET_LENGTH(payload), 0) FROM events"
            + " WHERE id > ? AND id <= ? ORDER BY id LIMIT ?";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, after);
      select.setLong(2, upTo);
      select.setInt(3, rows);
      OptionalLong end = OptionalLong.empty();
      long sum = 0;
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          sum += row.getLong(2);
          if (end.isPresent() && sum > bytes) {
            break;
          }
          end = OptionalLong.of(row.getLong(1));
        }
      }
      return end;
    }
  }

  /**
   * The rows behind one id up to another. A {@code TIMESTAMP} is an instant, whatever time zone the
   * session has.
   */
  static List<Row> read(Connection connection, long after, long last) throws SQLException {
    String sql =
        "SELECT id, type, payload, COALESCE(UNIX_TIMESTAMP(received_time), 0) FROM events"
            + " WHERE id > ? AND id <= ? ORDER BY id";
    List<Row> rows = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, after);
      select.setLong(2, last);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          long micros = row.getBigDecimal(4).movePointRight(6).longValue();
          rows.add(
              Row.of(eventId(row.getLong(1)), row.getString(2), payload(row.getString(3)), micros));
        }
      }
    }
    return rows;
  }

  /** With as many digits as an INTEGER may have, so that ids sort as their numbers do. */
  private static String eventId(long id) {
    return String.format(Locale.ROOT, "python-%010d", id);
  }

  /** No payload is what the original showed it as: {@code null}. */
  private static Payload payload(@Nullable String text) {
    return text == null ? new Payload(Payload.Kind.JSON, "null") : Payload.ofString(text);
  }
}
