package io.messagerelay.consumer.store;

import io.messagerelay.consumer.store.EventTable.Claim;
import io.messagerelay.consumer.store.EventTable.Place;
import io.messagerelay.consumer.store.EventTable.Row;
import io.messagerelay.consumer.store.StoreException.Kind;
import io.messagerelay.contract.Event;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Keeps events in a SQL database. A group is one transaction:
 *
 * <pre>
 *   begin · take positions (locks the position row) · count · INSERT of all rows · commit
 *                                       │ an id is there already
 *   roll back · begin · lock the position row · look the ids up · count and INSERT the new rows · commit
 * </pre>
 *
 * The position row is held through the commit, so positions are in commit order; a rollback gives
 * them back, so they have no gaps. A crash before the commit stores nothing and takes no position;
 * a crash after it stored everything, and whoever sends the group again is told {@code Duplicate}.
 */
final class JdbcEventStore implements EventStore {
  /** How many groups look first after one that met a repeat: repeats come in runs. */
  private static final int LOOKING_FIRST = 32;

  private final Connections connections;
  private final Dialect dialect;
  private final Clock clock;
  private final String storeId;
  private final Reads reads;
  private final CountTable counts;

  /** Groups left that look first; owned by the thread that appends. */
  private int lookingFirst;

  JdbcEventStore(Connections connections, Dialect dialect, Clock clock, String storeId) {
    this.connections = connections;
    this.dialect = dialect;
    this.clock = clock;
    this.storeId = storeId;
    this.reads = new Reads(connections);
    this.counts = new CountTable(dialect);
  }

  @Override
  public List<Appended> append(List<Event> group) throws StoreException {
    Group rows = Group.of(group);
    try {
      return rows.results(lookingFirst > 0 ? storeMissing(rows) : storeAll(rows));
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Takes every id for a new one; the unique index tells when one is not. */
  private Map<String, Place> storeAll(Group group) throws SQLException, StoreException {
    try (Transaction transaction = begin(Transaction.LONG)) {
      return commit(transaction, group, insert(transaction, group.rows()));
    } catch (SQLException e) {
      if (dialect.failure(e) != Dialect.Failure.REPEATED) {
        throw e;
      }
    }
    lookingFirst = LOOKING_FIRST;
    return storeMissing(group);
  }

  /** Looks the ids up under the lock and stores those that are not there. */
  private Map<String, Place> storeMissing(Group group) throws SQLException, StoreException {
    try (Transaction transaction = begin(Transaction.LONG)) {
      Map<String, Place> places = lookUp(transaction, group);
      List<Row> missing = group.rowsOutside(places);
      lookingFirst = places.isEmpty() ? lookingFirst - 1 : LOOKING_FIRST;
      if (missing.isEmpty()) {
        return places;
      }
      places.putAll(insert(transaction, missing));
      return commit(transaction, group, places);
    }
  }

  private Map<String, Place> lookUp(Transaction transaction, Group group) throws SQLException {
    claim(transaction, 0);
    return EventTable.places(transaction.connection(), group.rows());
  }

  private Map<String, Place> insert(Transaction transaction, List<Row> rows) throws SQLException {
    Claim claim = claim(transaction, rows.size());
    counts.add(transaction.connection(), rows, claim.receivedMicros());
    return EventTable.insert(transaction.connection(), rows, claim);
  }

  private Map<String, Place> commit(
      Transaction transaction, Group group, Map<String, Place> expected) throws StoreException {
    try {
      transaction.commit();
      return expected;
    } catch (CommitLostException e) {
      return afterLostCommit(group, expected, e);
    }
  }

  /**
   * Looks on a new connection whether the commit happened. The lock makes the answer final:
   * whatever the old connection had begun is over by then.
   */
  private Map<String, Place> afterLostCommit(
      Group group, Map<String, Place> expected, CommitLostException lost) throws StoreException {
    Map<String, Place> seen;
    try (Transaction look = begin(Transaction.LONG)) {
      seen = lookUp(look, group);
    } catch (SQLException e) {
      lost.addSuppressed(e);
      throw new StoreException(
          Kind.UNKNOWN, "cannot tell whether a group was stored: " + lost.getMessage(), lost);
    }
    if (!group.rowsOutside(seen).isEmpty()) {
      throw new StoreException(
          Kind.UNAVAILABLE, "the commit did not happen: " + lost.getMessage(), lost);
    }
    seen.replaceAll((id, place) -> place.isAt(expected.get(id)) ? expected.get(id) : place);
    return seen;
  }

  @Override
  public Optional<StoredEvent> find(String eventId) throws StoreException {
    return reads.read("find an event", connection -> EventTable.find(connection, eventId));
  }

  @Override
  public List<StoredEvent> page(Page page) throws StoreException {
    return reads.read("read a page", connection -> EventTable.page(connection, page));
  }

  @Override
  public List<String> types(String prefix, int most) throws StoreException {
    return reads.read("list types", connection -> TypeWalk.types(connection, prefix, most));
  }

  @Override
  public OptionalLong firstPositionSince(Instant time) throws StoreException {
    long micros = Micros.of(time.plusNanos(999));
    return reads.read("find a time", connection -> EventTable.firstSince(connection, micros));
  }

  @Override
  public String storeId() {
    return storeId;
  }

  @Override
  public boolean canCommit() {
    try (Transaction transaction = begin(Transaction.SHORT)) {
      claim(transaction, 0);
      transaction.commit();
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  private Transaction begin(Duration patience) throws SQLException {
    return Transaction.begin(connections, dialect, patience);
  }

  private Claim claim(Transaction transaction, int count) throws SQLException {
    return dialect.claim(transaction.connection(), count, Micros.of(clock.instant()));
  }

  private StoreException failed(SQLException e) {
    return switch (dialect.failure(e)) {
      case REFUSED -> new StoreException(Kind.REFUSED, Reason.of(e), e);
      case UNAVAILABLE ->
          new StoreException(Kind.UNAVAILABLE, "cannot store events: " + Reason.of(e), e);
      case REPEATED ->
          throw new IllegalStateException(
              "store " + storeId + " gives a position twice: its event_position was set back", e);
    };
  }
}
