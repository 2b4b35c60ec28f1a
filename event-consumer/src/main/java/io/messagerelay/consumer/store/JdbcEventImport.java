package io.messagerelay.consumer.store;

import io.messagerelay.consumer.store.EventTable.Claim;
import io.messagerelay.consumer.store.EventTable.Place;
import io.messagerelay.consumer.store.EventTable.Row;
import io.messagerelay.consumer.store.StoreException.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** In a SQL database. A crash leaves whole batches, and the same import goes on behind them. */
final class JdbcEventImport implements EventImport {
  /** Nobody waits for it who must hear soon, but no other transaction stores anything meanwhile. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final String MOVE =
      "UPDATE event_position SET next = ?, last_received = ? WHERE one = 1";

  private static final String LAST_RECEIVED = "SELECT coalesce(max(received_time), 0) FROM event";

  private final Connections connections;
  private final Dialect dialect;

  JdbcEventImport(Connections connections, Dialect dialect) {
    this.connections = connections;
    this.dialect = dialect;
  }

  /** An event that may be new here. */
  private record Fresh(StoredEvent event, Row row) {
    static Fresh of(StoredEvent event) {
      return new Fresh(event, new Row(event.event(), event.event().contentDigest()));
    }

    long position() {
      return event.position();
    }

    long micros() {
      return Micros.of(event.receivedTime());
    }
  }

  @Override
  public Outcome take(List<StoredEvent> events) throws StoreException {
    try (Transaction transaction = Transaction.begin(connections, dialect, PATIENCE)) {
      return take(events, transaction);
    } catch (CommitLostException e) {
      throw new StoreException(Kind.UNKNOWN, "cannot tell whether a batch was stored", e);
    } catch (SQLException e) {
      throw new StoreException(Kind.UNAVAILABLE, "cannot store a batch: " + Reason.of(e), e);
    }
  }

  private Outcome take(List<StoredEvent> events, Transaction transaction)
      throws SQLException, CommitLostException {
    Connection connection = transaction.connection();
    Claim now = dialect.claim(connection, 0, 0);
    List<Fresh> all = events.stream().map(Fresh::of).toList();
    Map<String, Place> places =
        EventTable.places(connection, all.stream().map(Fresh::row).toList());
    var fresh = new ArrayList<Fresh>(events.size());
    long next = now.first();
    long lastReceived = lastReceived(connection);
    for (int i = 0; i < all.size(); i++) {
      Fresh one = all.get(i);
      Place place = places.get(one.row.event().id());
      String refusal = place == null ? misfit(one, next, lastReceived) : otherThan(place, one);
      if (!refusal.isEmpty()) {
        return new Outcome.Refused(i, refusal);
      }
      if (place == null) {
        fresh.add(one);
        places.put(one.row.event().id(), new Place(one.position(), one.row.digest(), true));
        next = one.position() + 1;
        lastReceived = one.micros();
      }
    }
    if (!fresh.isEmpty()) {
      store(connection, fresh, next);
      transaction.commit();
    }
    return new Outcome.Taken(fresh.size());
  }

  /** Of the events: that of the position moves too when somebody only asks whether it may. */
  private static long lastReceived(Connection connection) throws SQLException {
    try (Statement select = connection.createStatement();
        ResultSet row = select.executeQuery(LAST_RECEIVED)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static String misfit(Fresh one, long next, long lastReceived) {
    if (one.position() < next) {
      return "the place %d is not free: this store has given those up to %d"
          .formatted(one.position(), next - 1);
    }
    return one.micros() < lastReceived ? "its time lies before that of the event before it" : "";
  }

  private static String otherThan(Place place, Fresh one) {
    if (place.position() != one.position()) {
      return "its id is that of the event at the place %d".formatted(place.position());
    }
    return Arrays.equals(place.digest(), one.row.digest())
        ? ""
        : "an event of this id and another content is there";
  }

  private void store(Connection connection, List<Fresh> fresh, long next) throws SQLException {
    List<Row> rows = fresh.stream().map(Fresh::row).toList();
    long[] received = fresh.stream().mapToLong(Fresh::micros).toArray();
    new CountTable(dialect).add(connection, rows, received);
    EventTable.insert(connection, rows, i -> fresh.get(i).position(), i -> received[i]);
    try (PreparedStatement move = connection.prepareStatement(MOVE)) {
      move.setLong(1, next);
      move.setLong(2, received[received.length - 1]);
      move.executeUpdate();
    }
  }
}
