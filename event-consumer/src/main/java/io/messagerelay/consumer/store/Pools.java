package io.messagerelay.consumer.store;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Connections in two HikariCP pools. The one for writing holds a single connection: whoever writes
 * from this process waits for the one before, at most the pool's connection time-out.
 */
record Pools(HikariDataSource forWriting, HikariDataSource forReading)
    implements Connections, AutoCloseable {

  @Override
  public Connection writing() throws SQLException {
    return forWriting.getConnection();
  }

  @Override
  public Connection reading() throws SQLException {
    return forReading.getConnection();
  }

  @Override
  public void discard(Connection connection) {
    forWriting.evictConnection(connection);
  }

  /** The writing connection goes last, so that it can leave the database tidy. */
  @Override
  public void close() {
    forReading.close();
    forWriting.close();
  }
}
