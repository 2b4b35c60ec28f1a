package io.messagerelay.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;

/** A PostgreSQL server for tests, on this machine. Shared by threads. */
public final class TestPostgres implements AutoCloseable {
  private static final String USER = "relay";
  private static final String PASSWORD = "relay-pw";
  private static final String FIRST_DATABASE = "postgres";

  private static final class Shared {
    private static final TestPostgres SERVER = start();

    private static TestPostgres start() {
      TestPostgres server = own();
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      return server;
    }
  }

  private final PostgresPrograms programs;
  private final Path folder;
  private final int port;
  private final List<String> options;
  private final ServerProcess process;

  private TestPostgres(PostgresPrograms programs, Path folder, int port, List<String> options) {
    this.programs = programs;
    this.folder = folder;
    this.port = port;
    this.options = options;
    this.process = new ServerProcess("PostgreSQL", folder);
  }

  /** One for the whole JVM. Never close, kill or freeze it. */
  public static TestPostgres shared() {
    return Shared.SERVER;
  }

  /**
   * A server of one's own, running.
   *
   * @param options of the server, as {@code max_connections=5}
   */
  public static TestPostgres own(String... options) {
    try {
      PostgresPrograms programs = PostgresPrograms.unpacked();
      var server =
          new TestPostgres(
              programs, programs.newFolder(), ServerProcess.freePort(), List.of(options));
      server.makeData();
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path data() {
    return folder.resolve("data");
  }

  private void makeData() throws IOException {
    Path password = folder.resolve("password");
    Files.writeString(password, PASSWORD);
    Path log = folder.resolve("initdb.log");
    List<String> line =
        programs.line(
            "initdb",
            "--pgdata=" + data(),
            "--username=" + USER,
            "--pwfile=" + password,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--no-locale",
            "--no-sync");
    try {
      Process process =
          new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile()).start();
      if (process.waitFor() != 0) {
        throw new AssertionError("initdb: " + Files.readString(log));
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Starts it, again on the same port and data when it ran before. */
  public void start() {
    List<String> line =
        programs.line(
            "postgres",
            "-D",
            data().toString(),
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "port=" + port,
            "-c",
            "unix_socket_directories=");
    options.forEach(option -> line.addAll(List.of("-c", option)));
    process.start(line);
    process.awaitReady(() -> connect(FIRST_DATABASE).close());
  }

  /** A new and empty database with a random name. */
  public TestPostgresDatabase newDatabase() {
    String name = "relay_" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    execute("CREATE DATABASE " + name);
    return new TestPostgresDatabase(this, name);
  }

  void execute(String sql) {
    try (Connection connection = connect(FIRST_DATABASE);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  Connection connect(String database) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", USER);
    properties.setProperty("password", PASSWORD);
    properties.setProperty("connectTimeout", "10");
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/" + database, properties);
  }

  public long pid() {
    return process.pid();
  }

  /** SIGKILL, to all of its processes; returns when they are gone. */
  public void kill() {
    process.kill();
  }

  /** SIGSTOP, to all of its processes: it keeps its connections and answers nothing. */
  public void freeze() {
    process.signal("STOP");
  }

  public void thaw() {
    process.signal("CONT");
  }

  int port() {
    return port;
  }

  String user() {
    return USER;
  }

  String password() {
    return PASSWORD;
  }

  /** Ends it and removes its data. */
  @Override
  public void close() {
    try {
      process.remove();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
