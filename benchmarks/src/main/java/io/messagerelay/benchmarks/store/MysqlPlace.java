package io.messagerelay.benchmarks.store;

import io.messagerelay.benchmarks.machine.Listener;
import io.messagerelay.benchmarks.machine.ProcessTimes;
import io.messagerelay.servers.TestDatabase;
import io.messagerelay.servers.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A database on the MySQL or MariaDB server that tests use. */
record MysqlPlace(TestDatabase database, Optional<ProcessTimes> server) implements StorePlace {
  private static final String DURABILITY =
      "SHOW GLOBAL VARIABLES WHERE Variable_name IN ('innodb_flush_log_at_trx_commit',"
          + " 'sync_binlog', 'log_bin', 'innodb_flush_method', 'innodb_doublewrite',"
          + " 'innodb_buffer_pool_size', 'innodb_redo_log_capacity')";

  static MysqlPlace make() {
    TestDatabase database = TestServer.shared().newDatabase();
    return new MysqlPlace(database, serverOf(database));
  }

  private static Optional<ProcessTimes> serverOf(TestDatabase database) {
    try {
      return InetAddress.getByName(database.host()).isLoopbackAddress()
          ? Listener.on(database.port())
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String description() throws SQLException {
    List<String> all = new ArrayList<>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      all.add(text(statement, "SELECT VERSION()", 1) + ", a server of its own");
      all.add(encryption(text(statement, "SHOW STATUS LIKE 'Ssl_cipher'", 2)));
      try (ResultSet row = statement.executeQuery(DURABILITY)) {
        while (row.next()) {
          all.add("`" + row.getString(1) + "=" + row.getString(2) + "`");
        }
      }
    }
    return String.join(", ", all);
  }

  private static String text(Statement statement, String query, int column) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(column);
    }
  }

  /** Connector/J prefers TLS, as event-consumer does by default. */
  private static String encryption(String cipher) {
    return cipher.isEmpty() ? "no TLS" : "TLS with " + cipher;
  }

  @Override
  public Map<String, String> settings() {
    return database.settings();
  }

  @Override
  public Connection connect() throws SQLException {
    return database.connect();
  }

  @Override
  public String idExpression(String begin) {
    return "CONCAT('" + begin + "', LOWER(LPAD(HEX(id + ?), 12, '0')))";
  }

  @Override
  public void close() {
    database.close();
  }
}
