package io.messagerelay.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process that we started. Its output, errors included, goes to a file that stays. Whoever starts
 * it closes it; closing kills what still runs and waits for its end.
 */
final class Child implements AutoCloseable {
  private static final Duration END_OF_KILLED = Duration.ofSeconds(20);

  /** A JVM that ends soon is better off without the compiler and collector for long runs. */
  private static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

  private final Process process;
  private final Path log;

  private Child(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts a command.
   *
   * @param folder its working directory
   * @param settings its whole environment, but for what any process needs
   * @param log the file that takes its output; made anew
   */
  static Child start(List<String> command, Path folder, Map<String, String> settings, Path log) {
    var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.redirectOutput(log.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().retainAll(List.of("PATH", "HOME", "TMPDIR"));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("LANG", "C.UTF-8");
    environment.put("JAVA_OPTS", SHORT_LIVED);
    environment.putAll(settings);
    try {
      return new Child(builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + command, e);
    }
  }

  boolean alive() {
    return process.isAlive();
  }

  /** SIGKILL, and the wait for its end. */
  void kill() {
    process.destroyForcibly();
    waitFor(END_OF_KILLED);
  }

  /** SIGTERM, without a wait. */
  void terminate() {
    process.destroy();
  }

  /** SIGINT, as Ctrl-C sends it, without a wait. */
  void interrupt() {
    signal("INT");
  }

  /** Such as STOP, after which it does nothing, and CONT, after which it goes on. */
  void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for the end and gives the exit code; one that runs on is our failure and thrown. */
  int waitFor(Duration atMost) {
    try {
      if (process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
        return process.exitValue();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new IllegalStateException("still runs after " + atMost + "; its log: " + log);
  }

  Path log() {
    return log;
  }

  /** What it has said so far. */
  String output() {
    try {
      return Files.exists(log) ? Files.readString(log, StandardCharsets.UTF_8) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> lines() {
    return output().lines().toList();
  }

  @Override
  public void close() {
    if (alive()) {
      kill();
    }
  }
}
