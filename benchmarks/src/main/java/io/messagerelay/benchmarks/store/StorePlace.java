package io.messagerelay.benchmarks.store;

import io.messagerelay.benchmarks.machine.ProcessTimes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;

/**
 * An empty store of one kind, made for a measurement. Whoever made it closes it, and it is gone.
 */
public interface StorePlace extends AutoCloseable {

  /** Version and durability, in a line. */
  String description() throws SQLException;

  /** Tells an event-consumer, or {@link StoreAlone}, to use it. */
  Map<String, String> settings();

  /** For its SQL, beside the services that use it. */
  Connection connect() throws SQLException;

  /**
   * SQL for an event id that ends in the twelve hexadecimal digits of {@code id + ?}.
   *
   * @param begin what the event id begins with
   */
  String idExpression(String begin);

  /** The server's process; empty where there is none, or where it cannot be looked at. */
  Optional<ProcessTimes> server();

  default long rows() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM event")) {
      count.next();
      return count.getLong(1);
    }
  }

  @Override
  void close();
}
