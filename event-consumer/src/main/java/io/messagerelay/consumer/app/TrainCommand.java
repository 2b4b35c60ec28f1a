package io.messagerelay.consumer.app;

import com.mysql.cj.jdbc.MysqlDataSource;
import io.messagerelay.base.ExitCodes;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code event-consumer train COMMAND...}: what {@code bin/train-aot} makes its caches of. Loads
 * the classes of a connection to MySQL, because no server is at hand where the caches are made, and
 * then runs the commands one after another.
 */
@Command(name = "train", hidden = true)
final class TrainCommand implements Callable<Integer> {
  private static final String CLASS = ".class";

  /** Of the driver, whose other half speaks a protocol that is not used. */
  private static final List<String> DRIVER =
      List.of(
          "com/mysql/cj",
          "com/mysql/cj/callback",
          "com/mysql/cj/conf",
          "com/mysql/cj/exceptions",
          "com/mysql/cj/jdbc",
          "com/mysql/cj/jdbc/exceptions",
          "com/mysql/cj/jdbc/result",
          "com/mysql/cj/log",
          "com/mysql/cj/protocol",
          "com/mysql/cj/protocol/a",
          "com/mysql/cj/protocol/a/authentication",
          "com/mysql/cj/protocol/a/result",
          "com/mysql/cj/result",
          "com/mysql/cj/telemetry",
          "com/mysql/cj/util");

  /** Of Java, for an encrypted connection. */
  private static final List<String> TLS =
      List.of("sun/security/ssl", "sun/security/ec", "sun/security/rsa", "sun/security/x509");

  @Parameters(arity = "1..*")
  private List<String> commands = List.of();

  @Override
  public Integer call() throws IOException, URISyntaxException {
    load(Path.of(URI.create("jrt:/java.base")), TLS);
    Path driver =
        Path.of(MysqlDataSource.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (FileSystem jar = FileSystems.newFileSystem(driver)) {
      load(jar.getPath(""), DRIVER);
    }
    int code = ExitCodes.OK;
    for (String command : commands) {
      code = Math.max(code, Main.execute(command));
    }
    return code;
  }

  private static void load(Path root, List<String> packages) throws IOException {
    for (String name : packages) {
      try (Stream<Path> files = Files.list(root.resolve(name))) {
        files
            .map(file -> root.relativize(file).toString())
            .filter(file -> file.endsWith(CLASS))
            .forEach(TrainCommand::load);
      }
    }
  }

  private static void load(String file) {
    String name = file.substring(0, file.length() - CLASS.length()).replace('/', '.');
    try {
      Class.forName(name, false, TrainCommand.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      return; // made for a library that is not here
    }
  }
}
