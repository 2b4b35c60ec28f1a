package io.messagerelay.consumer.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The room that the table of events takes in a database, indexes included. Shared by threads. */
final class MysqlExtent implements Extent {
  /**
   * Of the storage engine: MySQL would repeat for a day what it said last. MariaDB does not know
   * the variable, and passes over what is for MySQL 8.0 and later.
   */
  private static final String NOT_OF_YESTERDAY =
      "SET /*!80000 SESSION information_schema_stats_expiry = 0, */ @unused = 0";

  private static final String SIZE =
      "SELECT data_length + index_length FROM information_schema.tables"
          + " WHERE table_schema = DATABASE() AND table_name = 'event'";

  private final Reads reads;

  MysqlExtent(Connections connections) {
    this.reads = new Reads(connections);
  }

  @Override
  public long logBytes() {
    return 0;
  }

  @Override
  public long bytes() throws StoreException {
    return reads.read("ask for the size of the store", MysqlExtent::size);
  }

  private static long size(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(NOT_OF_YESTERDAY);
      try (ResultSet row = statement.executeQuery(SIZE)) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }
}
