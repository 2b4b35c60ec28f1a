package io.messagerelay.consumer.store;

import java.sql.SQLException;
import java.time.Clock;

/** An open store with what is kept in it. Owns the connections; whoever opened it closes it. */
public final class Database implements AutoCloseable {
  private final Pools pools;
  private final EventStore events;
  private final EventErasure erasure;
  private final EventCounts counts;
  private final EventImport imports;
  private final RetentionStore retention;
  private final RefreshTokenStore refreshTokens;
  private final RefusalStore refusals;
  private final Extent extent;

  private Database(Pools pools, EventStore events, Dialect dialect, Clock clock, Extent extent) {
    this.pools = pools;
    this.events = events;
    this.erasure = new JdbcEventErasure(pools, dialect, clock);
    this.counts = new JdbcEventCounts(pools);
    this.imports = new JdbcEventImport(pools, dialect);
    this.retention = new JdbcRetentionStore(pools, dialect);
    this.refreshTokens = new JdbcRefreshTokenStore(pools, dialect);
    this.refusals = new JdbcRefusalStore(pools, dialect);
    this.extent = extent;
  }

  /** What is kept behind these connections, whose tables are up to date. */
  static Database over(Pools pools, Dialect dialect, Clock clock, Extent extent)
      throws SQLException {
    EventStore events = new JdbcEventStore(pools, dialect, clock, StoreIdentity.of(pools));
    return new Database(pools, events, dialect, clock, extent);
  }

  public EventStore events() {
    return events;
  }

  public EventErasure erasure() {
    return erasure;
  }

  public EventCounts counts() {
    return counts;
  }

  public EventImport imports() {
    return imports;
  }

  public RetentionStore retention() {
    return retention;
  }

  public RefreshTokenStore refreshTokens() {
    return refreshTokens;
  }

  public RefusalStore refusals() {
    return refusals;
  }

  Connections connections() {
    return pools;
  }

  /**
   * Size of the write-ahead log in bytes, for a metric; 0 where the database has none of its own.
   */
  public long logBytes() {
    return extent.logBytes();
  }

  /**
   * Size of what is stored in bytes, without {@link #logBytes}: the embedded file, or the table of
   * events with its indexes, as the server estimates it. May wait for the store.
   */
  public long bytes() throws StoreException {
    return extent.bytes();
  }

  /** Ends all connections; what was committed stays, everything else is rolled back. */
  @Override
  public void close() {
    pools.close();
  }
}
