package io.messagerelay.servers;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A MySQL or MariaDB server for tests. Its databases have latin1 as their character set, so that a
 * character set that the product does not name shows. Shared by threads.
 */
public final class TestServer implements AutoCloseable {
  private static final String USER = "relay";
  private static final String PASSWORD = "relay-pw";
  private static final String ADMIN = "admin";

  /** The server that {@code TEST_MYSQL_URL} names, or else one that ends with this JVM. */
  private static final class Shared {
    private static final TestServer SERVER = start();

    private static TestServer start() {
      String url = System.getenv("TEST_MYSQL_URL");
      TestServer server = url == null || url.isEmpty() ? atExitClosed() : named(URI.create(url));
      System.out.println("Tests on MySQL use " + server.describe());
      return server;
    }

    private static TestServer named(URI url) {
      String[] account = url.getUserInfo().split(":", 2);
      int port = url.getPort() < 0 ? 3306 : url.getPort();
      return new TestServer(url.getHost(), port, account[0], account[1], null);
    }

    private static TestServer atExitClosed() {
      TestServer server = own();
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      return server;
    }
  }

  private final String host;
  private final int port;
  private final String user;
  private final String password;
  private final @Nullable MariaDbProcess process;

  private TestServer(
      String host, int port, String user, String password, @Nullable MariaDbProcess process) {
    this.host = host;
    this.port = port;
    this.user = user;
    this.password = password;
    this.process = process;
  }

  /** One for the whole JVM. Never close, kill or freeze it. */
  public static TestServer shared() {
    return Shared.SERVER;
  }

  /**
   * A MariaDB server of one's own, running.
   *
   * @param options of the server, as {@code --max-connections=5}
   */
  public static TestServer own(String... options) {
    MariaDbProcess process =
        MariaDbProcess.prepare(
            """
            CREATE USER IF NOT EXISTS '%1$s'@'%%' IDENTIFIED BY '%2$s';
            GRANT ALL ON `relay\\_%%`.* TO '%1$s'@'%%';
            CREATE USER IF NOT EXISTS '%3$s'@'%%' IDENTIFIED BY '%2$s';
            GRANT ALL ON *.* TO '%3$s'@'%%' WITH GRANT OPTION;
            """
                .formatted(USER, PASSWORD, ADMIN),
            options);
    TestServer server = new TestServer("127.0.0.1", process.port(), USER, PASSWORD, process);
    try {
      server.start();
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
    return server;
  }

  /** Starts it, again on the same port and data when it ran before. */
  public void start() {
    maria().start();
    process().awaitReady(() -> connect("", user).close());
  }

  /** A new and empty database with a random name. */
  public TestDatabase newDatabase() {
    String name = "relay_" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    execute(user, "CREATE DATABASE " + name + " CHARACTER SET latin1");
    return new TestDatabase(this, name);
  }

  /** Runs a statement with all privileges; on a server of one's own alone. */
  public void administer(String sql) {
    process();
    execute(ADMIN, sql);
  }

  void execute(String sql) {
    execute(user, sql);
  }

  private void execute(String account, String sql) {
    try (Connection connection = connect("", account);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  Connection connect(String database) throws SQLException {
    return connect(database, user);
  }

  private Connection connect(String database, String account) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", account);
    properties.setProperty("password", password);
    properties.setProperty("connectTimeout", "10000");
    properties.setProperty("allowPublicKeyRetrieval", "true");
    return DriverManager.getConnection(
        "jdbc:mysql://" + host + ":" + port + "/" + database, properties);
  }

  public long pid() {
    return process().pid();
  }

  /** SIGKILL; returns when it is gone. */
  public void kill() {
    process().kill();
  }

  /** SIGSTOP: it keeps its connections and answers nothing. */
  public void freeze() {
    process().signal("STOP");
  }

  public void thaw() {
    process().signal("CONT");
  }

  /**
   * Lays the server's own client programs into a new folder, by the names that MySQL gives them:
   * {@code mysql} and {@code mysqldump}. Of a server of one's own alone.
   */
  public Path clientPrograms(Path folder) {
    process();
    return MariaDbProcess.clientPrograms(folder);
  }

  String host() {
    return host;
  }

  int port() {
    return port;
  }

  String user() {
    return user;
  }

  String password() {
    return password;
  }

  private ServerProcess process() {
    return maria().process();
  }

  private MariaDbProcess maria() {
    if (process == null) {
      throw new IllegalStateException("TEST_MYSQL_URL's server is not ours to change");
    }
    return process;
  }

  private String describe() {
    try (Connection connection = connect("", user);
        Statement statement = connection.createStatement();
        ResultSet version = statement.executeQuery("SELECT VERSION()")) {
      version.next();
      return version.getString(1) + " at " + host + ":" + port;
    } catch (SQLException e) {
      throw new AssertionError("no server at " + host + ":" + port, e);
    }
  }

  /** Ends it and removes its data. */
  @Override
  public void close() {
    try {
      process().remove();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
