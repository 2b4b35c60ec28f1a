package io.messagerelay.propagator.source.outbox;

import io.messagerelay.contract.EventLimits;
import io.messagerelay.propagator.source.EventSource;
import io.messagerelay.propagator.source.Polled;
import io.messagerelay.propagator.source.SourceException;
import io.messagerelay.propagator.source.SourceItem;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes rows from a table that the user's own transactions write to. A poll is one transaction:
 *
 * <pre>
 *   hold the lease ─▶ settle the rows of the last poll ─▶ select the next ones ─▶ commit
 *                     (their events are in the spool)
 * </pre>
 *
 * <p>The keys of the rows that a poll gave are its progress, so the spool takes them together with
 * the events. A crash before that leaves the rows, which are polled again; a crash after it leaves
 * rows and events, and the next poll settles those rows before it looks for others. Who takes the
 * outbox over in between may send such rows once more, under the same ids.
 *
 * <p>Used by one thread; {@link #close} when that has ended.
 */
public final class OutboxSource implements EventSource, AutoCloseable {
  private static final Duration STAND_BY = Duration.ofSeconds(1);
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(10);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  /** Below the server's patience with a session that says nothing. */
  private static final long STALE_NANOS = Dialect.IDLE.dividedBy(2).toNanos();

  private static final int CLOSE_MILLIS = 2_000;

  private final OutboxServer server;
  private final OutboxTable table;
  private final Dialect dialect;
  private final Lease lease;
  private final RowItem items;
  private final LongSupplier nanoTime;
  private final Looks looks = new Looks();
  private final Room room = new Room();

  private @Nullable Session session;
  private long lastUse;
  private Duration pause = SHORTEST_PAUSE;

  /** What holds as long as a connection does. */
  private record Session(Connection connection, Rows rows) {}

  /** What a look gave. */
  private record Batch(List<String> keys, List<SourceItem> items, boolean isCut) {}

  /**
   * Connects at the first poll.
   *
   * @param holder names this propagator, for a person; no other has it
   * @param nanoTime monotonic nanoseconds
   */
  public OutboxSource(
      OutboxServer server, OutboxTable table, String holder, LongSupplier nanoTime) {
    this.server = server;
    this.table = table;
    this.dialect = Dialect.of(server.kind());
    this.lease = new Lease(table.name(), holder, Lease.Sql.of(dialect, table));
    this.items = new RowItem(server, table);
    this.nanoTime = nanoTime;
  }

  @Override
  public String name() {
    return server + "/" + table;
  }

  @Override
  public Polled poll(@Nullable String progress, int atMost) throws SourceException {
    List<String> taken = TakenKeys.read(progress);
    try {
      Session open = session();
      Polled polled = poll(open, taken, atMost);
      lastUse = nanoTime.getAsLong();
      return polled;
    } catch (SQLException e) {
      drop();
      throw new SourceException(Reason.of(e), e);
    }
  }

  private Session session() throws SQLException, SourceException {
    if (session != null && nanoTime.getAsLong() - lastUse > STALE_NANOS) {
      drop();
    }
    if (session == null) {
      session = connect();
    }
    return session;
  }

  private Session connect() throws SQLException, SourceException {
    Connection connection = dialect.connect(server);
    try {
      var inspector = new Inspector(dialect, server, table);
      List<Flaw> flaws = inspector.flaws(connection);
      if (!flaws.isEmpty()) {
        throw new SourceException(new Inspection.Unfit(flaws).text());
      }
      Rows rows = dialect.rows(table, inspector.layout(connection));
      lease.register(connection);
      return new Session(connection, rows);
    } catch (SQLException | SourceException e) {
      connection.abort(Runnable::run);
      throw e;
    }
  }

  private Polled poll(Session open, List<String> taken, int atMost) throws SQLException {
    boolean heldBefore = lease.isHeld();
    if (!lease.hold(open.connection)) {
      open.connection.rollback();
      return new Polled(List.of(), null, STAND_BY);
    }
    if (!heldBefore) {
      looks.reset();
    }
    open.rows.settle(open.connection, taken);
    Batch batch = look(open, room.of(atMost));
    open.connection.commit();
    lease.committed();
    return new Polled(batch.items, progress(taken, batch), pauseAfter(batch));
  }

  /** Nothing to save where nothing was and nothing is. */
  private static @Nullable String progress(List<String> taken, Batch batch) {
    return taken.isEmpty() && batch.keys.isEmpty() ? null : TakenKeys.write(batch.keys);
  }

  private Duration pauseAfter(Batch batch) {
    if (batch.isCut) {
      pause = SHORTEST_PAUSE;
      return Duration.ZERO;
    }
    Duration now = batch.keys.isEmpty() ? pause : SHORTEST_PAUSE;
    Duration twice = now.multipliedBy(2);
    pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    return now;
  }

  private Batch look(Session open, int atMost) throws SQLException {
    long begun = nanoTime.getAsLong();
    String mark = looks.mark();
    boolean overAll = looks.isOverAll(begun);
    try (PreparedStatement look =
            mark == null || overAll
                ? open.rows.all(open.connection, mark, atMost)
                : open.rows.above(open.connection, mark, atMost);
        ResultSet rows = look.executeQuery()) {
      if (overAll) {
        looks.tookOverAll(begun, nanoTime.getAsLong());
      }
      return read(rows, atMost);
    }
  }

  private Batch read(ResultSet rows, int atMost) throws SQLException {
    List<String> keys = new ArrayList<>();
    List<SourceItem> read = new ArrayList<>();
    long bytes = 0;
    Row last = null;
    while (rows.next()) {
      Row row = Row.read(rows);
      SourceItem item = items.of(row);
      if (last != null && bytes + item.body().length > EventLimits.BODY_BYTES) {
        room.wasCutAt(keys.size());
        looks.saw(last, true);
        return new Batch(keys, read, true);
      }
      bytes += item.body().length;
      keys.add(row.key());
      read.add(item);
      last = row;
    }
    room.sufficed();
    boolean full = keys.size() == atMost;
    if (last != null) {
      looks.saw(last, full);
    }
    return new Batch(keys, read, full);
  }

  private void drop() {
    if (session != null) {
      abort(session.connection);
      session = null;
    }
  }

  /** Without a word to a server that may not answer. */
  private static void abort(Connection connection) {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException alreadyBroken) {
      // Nothing is left to end.
    }
  }

  /** Gives the lease back, so that another can go on at once. */
  @Override
  public void close() {
    if (session != null && lease.isHeld()) {
      Connection connection = session.connection;
      try {
        connection.setNetworkTimeout(Runnable::run, CLOSE_MILLIS);
        lease.giveBack(connection);
        connection.commit();
      } catch (SQLException expiresByItself) {
        // It was free in some seconds in any case.
      }
    }
    drop();
  }
}
