package io.messagerelay.consumer.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

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

  /** What a consumer is told to use this database. */
  public MysqlOptions options() {
    return new MysqlOptions(
        host(),
        port(),
        name,
        user(),
        password(),
        new MysqlTls(MysqlTls.Mode.PREFERRED, Optional.empty()),
        Duration.ofSeconds(20),
        false);
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

  /** Opens the store in this database, as another consumer each time. */
  public Database open(Clock clock) throws StoreOpeningException {
    return MysqlStore.open(options(), clock, System::nanoTime, new Random(1));
  }

  @Override
  public void close() {
    server.execute("DROP DATABASE IF EXISTS " + name);
  }
}
