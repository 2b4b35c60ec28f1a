package io.messagerelay.consumer.store;

import io.messagerelay.consumer.store.EventTable.Claim;
import io.messagerelay.consumer.store.EventTable.Place;
import io.messagerelay.consumer.store.PythonEventTable.Row;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies what the Python message-relay stored, when its table {@code events} stands in our
 * database. That table is not changed. A batch is one transaction:
 *
 * <pre>
 *   lock the progress row · read the next rows · lock the position row · INSERT them
 *                         · move the progress · commit
 * </pre>
 *
 * A crash leaves whole batches, and the next start goes on behind them; consumers that start
 * together take turns. A row gets an event id made of its number, so that it is the same event
 * wherever it is copied, and keeps a type and payload that would be refused today. It keeps its
 * time too, but times never go back along positions and none lies in the future.
 */
final class PythonEvents {
  private static final Logger LOG = LoggerFactory.getLogger(PythonEvents.class);

  static final int BATCH_ROWS = 1_000;

  /** Of payload, as it lies there. A row that is larger is a batch of its own. */
  static final long BATCH_BYTES = 4L * 1024 * 1024;

  private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);

  /** Where a connection comes from. */
  interface Source {
    /** One of our own, whose waits all have a limit. */
    Connection connect() throws SQLException;
  }

  private final Source source;
  private final Clock clock;

  PythonEvents(Source source, Clock clock) {
    this.source = source;
    this.clock = clock;
  }

  /**
   * Copies the rows that were not copied yet, and returns when all are. Works on one connection,
   * with whose end every lock ends and whatever had begun.
   *
   * @param store how the message calls it
   */
  void copy(String store) throws StoreOpeningException {
    try (Connection connection = source.connect()) {
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      connection.setAutoCommit(false);
      copy(connection, store);
    } catch (SQLException e) {
      throw new StoreOpeningException(
          store
              + ": the copying of the Python message-relay's table events broke off ("
              + Reason.of(e)
              + "); nothing is lost, the next start goes on",
          e);
    }
  }

  private void copy(Connection connection, String store)
      throws SQLException, StoreOpeningException {
    switch (PythonEventTable.standing(connection)) {
      case ABSENT -> {}
      case FOREIGN ->
          LOG.info(
              "the table events in {} is not the Python message-relay's; it is left alone", store);
      case PYTHONS -> {
        if (PythonEventTable.hasMore(connection)) {
          copyUpTo(settledId(connection, store), connection);
        }
      }
    }
  }

  private static long settledId(Connection connection, String store) throws StoreOpeningException {
    try {
      return PythonEventTable.settledId(connection);
    } catch (SQLException e) {
      throw new StoreOpeningException(
          store
              + ": the Python message-relay's table events cannot be locked for a moment ("
              + Reason.of(e)
              + "); stop what writes to it, and give the account the privilege LOCK TABLES",
          e);
    }
  }

  private void copyUpTo(long upTo, Connection connection) throws SQLException {
    LOG.info("copying the Python message-relay's events: ids up to {}", upTo);
    Instant lastLine = clock.instant();
    long copied = 0;
    for (Batch batch = copyBatch(upTo, connection);
        batch.lastId().isPresent();
        batch = copyBatch(upTo, connection)) {
      copied += batch.copied();
      if (lastLine.plus(BETWEEN_LINES).isBefore(clock.instant())) {
        lastLine = clock.instant();
        LOG.info("copied ids up to {} of {}", batch.lastId().getAsLong(), upTo);
      }
    }
    LOG.info("copied {} of the Python message-relay's events; their table is as it was", copied);
  }

  /**
   * What one transaction did.
   *
   * @param lastId that it read; empty when there was none left
   * @param copied how many of its rows were new
   */
  private record Batch(OptionalLong lastId, int copied) {}

  private Batch copyBatch(long upTo, Connection connection) throws SQLException {
    long after = PythonEventTable.lockedProgress(connection);
    OptionalLong last =
        PythonEventTable.endOfBatch(connection, after, upTo, BATCH_ROWS, BATCH_BYTES);
    int copied = 0;
    if (last.isPresent()) {
      copied = store(PythonEventTable.read(connection, after, last.getAsLong()), connection);
      PythonEventTable.moveProgress(connection, last.getAsLong());
    }
    connection.commit();
    return new Batch(last, copied);
  }

  private int store(List<Row> read, Connection connection) throws SQLException {
    long lastReceived = EventTable.claim(connection, 0, 0).receivedMicros();
    List<Row> rows = unstored(read, connection);
    if (rows.isEmpty()) {
      return 0;
    }
    long[] received = neverBack(rows, lastReceived);
    Claim claim = EventTable.claim(connection, rows.size(), received[received.length - 1]);
    List<EventTable.Row> events = rows.stream().map(Row::event).toList();
    EventTable.insert(connection, events, claim.first(), row -> received[row]);
    new CountTable(new MysqlDialect()).add(connection, events, received);
    return rows.size();
  }

  private long[] neverBack(List<Row> rows, long lastReceived) {
    long now = Micros.of(clock.instant());
    long[] received = new long[rows.size()];
    long last = lastReceived;
    for (int i = 0; i < received.length; i++) {
      last = Math.max(last, Math.min(rows.get(i).receivedMicros(), now));
      received[i] = last;
    }
    return received;
  }

  /**
   * The rows that are not there yet. Usually all; not so when the progress was put back, or when a
   * sender has used a row's event id for something else: then the row gets another.
   */
  private static List<Row> unstored(List<Row> read, Connection connection) throws SQLException {
    Map<String, Place> before = places(read, connection);
    if (before.isEmpty()) {
      return read;
    }
    List<Row> rows = read.stream().map(row -> row.besides(before.get(row.eventId()))).toList();
    Map<String, Place> places = places(rows, connection);
    return rows.stream().filter(row -> !places.containsKey(row.eventId())).toList();
  }

  private static Map<String, Place> places(List<Row> rows, Connection connection)
      throws SQLException {
    return EventTable.places(connection, rows.stream().map(Row::event).toList());
  }
}
