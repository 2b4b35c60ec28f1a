package io.messagerelay.base;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Runs the repository's shell scripts in a folder of the test, in a copy where they find others.
 */
final class Shell {
  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

  private final Path folder;
  private final Map<String, String> environment;

  /** How a script ended and what it wrote, both streams together. */
  record Ended(int code, String output) {}

  private Shell(Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.environment = environment;
  }

  /**
   * Copies {@code bin} and {@code .env.example} to {@code folder}, which is the scripts' folder.
   */
  static Shell in(Path folder) throws IOException {
    Path bin = Files.createDirectory(folder.resolve("bin"));
    try (Stream<Path> scripts = Files.list(REPOSITORY.resolve("bin"))) {
      for (Path script : scripts.toList()) {
        Files.copy(script, bin.resolve(script.getFileName()), COPY_ATTRIBUTES);
      }
    }
    Files.copy(REPOSITORY.resolve(".env.example"), folder.resolve(".env.example"));
    return new Shell(folder, Map.of("JAVA_HOME", System.getProperty("java.home")));
  }

  Shell with(Map<String, String> other) {
    return new Shell(folder, other);
  }

  Process start(Path output, String... command) throws IOException {
    var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().keySet().removeAll(KnownNames.all());
    builder.environment().putAll(environment);
    return builder.redirectOutput(output.toFile()).start();
  }

  Ended run(String... command) throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "output", ".txt");
    int code = start(output, command).waitFor();
    String written = Files.readString(output, UTF_8);
    Files.delete(output);
    return new Ended(code, written);
  }
}
