package io.messagerelay.consumer.store;

import java.util.function.LongSupplier;

/** An open store with what is kept in it. Owns the connections; whoever opened it closes it. */
public final class Database implements AutoCloseable {
  private final Pools pools;
  private final EventStore events;
  private final RefreshTokenStore refreshTokens;
  private final LongSupplier logBytes;

  Database(Pools pools, EventStore events, RefreshTokenStore refreshTokens, LongSupplier logBytes) {
    this.pools = pools;
    this.events = events;
    this.refreshTokens = refreshTokens;
    this.logBytes = logBytes;
  }

  public EventStore events() {
    return events;
  }

  public RefreshTokenStore refreshTokens() {
    return refreshTokens;
  }

  Connections connections() {
    return pools;
  }

  /**
   * Size of the write-ahead log in bytes, for a metric; 0 where the database has none of its own.
   */
  public long logBytes() {
    return logBytes.getAsLong();
  }

  /** Ends all connections; what was committed stays, everything else is rolled back. */
  @Override
  public void close() {
    pools.close();
  }
}
