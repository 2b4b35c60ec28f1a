package io.messagerelay.system;

import io.messagerelay.servers.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/** What the consumers of an installation store in. */
interface StoreChoice {

  /** The settings that choose it. */
  Map<String, String> settings();

  /** A connection to read behind the consumers' back; the caller closes it. */
  Connection connect() throws SQLException;

  /**
   * The embedded store.
   *
   * @param file where the consumer makes it when nothing else is said
   */
  record Embedded(Path file) implements StoreChoice {
    @Override
    public Map<String, String> settings() {
      return Map.of();
    }

    @Override
    public Connection connect() throws SQLException {
      return DriverManager.getConnection(
          "jdbc:sqlite:file:" + file + "?mode=ro&busy_timeout=10000");
    }
  }

  /** A database on a MySQL or MariaDB server; whoever made it closes it. */
  record Mysql(TestDatabase database) implements StoreChoice {
    @Override
    public Map<String, String> settings() {
      return database.settings();
    }

    @Override
    public Connection connect() throws SQLException {
      return database.connect();
    }
  }
}
