package io.messagerelay.servers;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** A database for one test; closing it drops it. */
public final class TestDatabase implements AutoCloseable {
  private final TestServer server;
  private final String name;

  TestDatabase(TestServer server, String name) {
    this.server = server;
    this.name = name;
  }

  public String name() {
    return name;
  }

  public String host() {
    return server.host();
  }

  public int port() {
    return server.port();
  }

  public String user() {
    return server.user();
  }

  public String password() {
    return server.password();
  }

  /** A connection of the test's own. */
  public Connection connect() throws SQLException {
    return server.connect(name);
  }

  /** The settings by which a consumer that is a process of its own uses this database. */
  public Map<String, String> settings() {
    return Map.of(
        "MYSQL_HOST", host(),
        "MYSQL_PORT", Integer.toString(port()),
        "MYSQL_DATABASE", name,
        "MYSQL_USER", user(),
        "MYSQL_PASSWORD", password());
  }

  @Override
  public void close() {
    server.execute("DROP DATABASE IF EXISTS " + name);
  }
}
