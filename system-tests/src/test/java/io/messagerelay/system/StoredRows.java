package io.messagerelay.system;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The events of a store that exists, read behind the consumers' back. Shared by threads. */
final class StoredRows implements AutoCloseable {
  private static final int PAGE = 10_000;

  private final StoreChoice store;

  @GuardedBy("this")
  private @Nullable Connection connection;

  @GuardedBy("this")
  private long lastCount;

  StoredRows(StoreChoice store) {
    this.store = store;
  }

  /**
   * How many events there are; positions have no gaps, and a test of its own says so. While the
   * store cannot be read, it is what was counted last.
   */
  synchronized long count() {
    try (Statement statement = connection().createStatement();
        ResultSet row = statement.executeQuery("SELECT coalesce(max(id), 0) FROM event")) {
      lastCount = row.next() ? row.getLong(1) : 0;
    } catch (SQLException e) {
      connection = null; // it is broken; the next call opens another
    }
    return lastCount;
  }

  /** Every row, by position. */
  List<StoredEvent> rows() {
    List<StoredEvent> rows = new ArrayList<>();
    each(rows::add);
    return rows;
  }

  /** Gives every row, by position; a page at a time, so that there may be millions. */
  synchronized void each(Consumer<StoredEvent> reader) {
    long last = 0;
    List<StoredEvent> page;
    do {
      page = page(last);
      page.forEach(reader);
      last = page.isEmpty() ? last : page.getLast().id();
    } while (!page.isEmpty());
  }

  @GuardedBy("this")
  private List<StoredEvent> page(long after) {
    List<StoredEvent> rows = new ArrayList<>();
    try (PreparedStatement statement =
        connection()
            .prepareStatement(
                "SELECT id, event_id, type, payload FROM event WHERE id > ? ORDER BY id LIMIT ?")) {
      statement.setLong(1, after);
      statement.setInt(2, PAGE);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          rows.add(
              new StoredEvent(
                  row.getLong(1),
                  row.getString(2),
                  new SampleData.Sample(row.getString(3), row.getString(4))));
        }
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read the store", e);
    }
  }

  @GuardedBy("this")
  private Connection connection() throws SQLException {
    Connection open = connection == null ? store.connect() : connection;
    connection = open;
    return open;
  }

  @Override
  public synchronized void close() {
    try {
      if (connection != null) {
        connection.close();
        connection = null;
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot close the store", e);
    }
  }
}
