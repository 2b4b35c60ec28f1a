package io.messagerelay.system;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The embedded store's file, read behind the consumer's back. Shared by threads. */
final class StoreFile implements AutoCloseable {
  private final Connection connection;

  private StoreFile(Connection connection) {
    this.connection = connection;
  }

  /** Opens a file that exists, to read. */
  static StoreFile open(Path file) {
    try {
      return new StoreFile(
          DriverManager.getConnection("jdbc:sqlite:file:" + file + "?mode=ro&busy_timeout=10000"));
    } catch (SQLException e) {
      throw new IllegalStateException("cannot open " + file, e);
    }
  }

  /** How many events there are; positions have no gaps, and a test of its own says so. */
  synchronized long count() {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT coalesce(max(id), 0) FROM event")) {
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read the store", e);
    }
  }

  /** Every row, by position. */
  synchronized List<StoredEvent> rows() {
    List<StoredEvent> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT id, event_id, type, payload FROM event ORDER BY id")) {
      while (row.next()) {
        rows.add(
            new StoredEvent(
                row.getLong(1),
                row.getString(2),
                new SampleData.Sample(row.getString(3), row.getString(4))));
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read the store", e);
    }
  }

  @Override
  public synchronized void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot close the store", e);
    }
  }
}
