package io.messagerelay.servers;

import java.sql.Connection;
import java.sql.SQLException;

/** A database on a PostgreSQL server for one test; closing it drops it, whoever is connected. */
public final class TestPostgresDatabase implements AutoCloseable {
  private final TestPostgres server;
  private final String name;

  TestPostgresDatabase(TestPostgres server, String name) {
    this.server = server;
    this.name = name;
  }

  public String name() {
    return name;
  }

  public String host() {
    return "127.0.0.1";
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

  @Override
  public void close() {
    server.execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
  }
}
