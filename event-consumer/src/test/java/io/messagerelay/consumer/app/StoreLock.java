package io.messagerelay.consumer.app;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Keeps the store's write lock, as another process that writes would. */
public final class StoreLock implements AutoCloseable {
  private final Connection connection;

  private StoreLock(Connection connection) {
    this.connection = connection;
  }

  public static StoreLock take(Path storeFile) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + storeFile);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 10000");
      statement.execute("BEGIN IMMEDIATE");
    }
    return new StoreLock(connection);
  }

  public void release() throws SQLException {
    connection.close();
  }

  @Override
  public void close() throws SQLException {
    release();
  }
}
