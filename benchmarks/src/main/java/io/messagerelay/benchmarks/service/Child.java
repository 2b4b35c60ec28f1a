package io.messagerelay.benchmarks.service;

import io.messagerelay.benchmarks.machine.ProcessTimes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that we started; its output goes to a file. Whoever starts it closes it. */
public final class Child implements AutoCloseable {
  private static final Duration END = Duration.ofSeconds(30);

  private final Process process;
  private final Path log;

  private Child(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * @param settings its whole environment, but for what any process needs
   */
  public static Child start(
      List<String> command, Path folder, Map<String, String> settings, Path log) {
    var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.redirectOutput(log.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().retainAll(List.of("PATH", "HOME", "TMPDIR"));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("LANG", "C.UTF-8");
    environment.putAll(settings);
    try {
      return new Child(builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + command, e);
    }
  }

  public ProcessTimes times() {
    return new ProcessTimes(process.pid());
  }

  public Path log() {
    return log;
  }

  /**
   * @throws IllegalStateException when it has ended
   */
  public void requireAlive() {
    if (!process.isAlive()) {
      throw new IllegalStateException(
          "ended by itself with exit code " + process.exitValue() + "; its log: " + log);
    }
  }

  /** Waits for its end and gives the exit code. */
  public int await() throws InterruptedException {
    return await(END);
  }

  /**
   * The same for a command that takes longer.
   *
   * @throws IllegalStateException when it has not ended in this time; then it is killed
   */
  public int await(Duration longest) throws InterruptedException {
    if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("still ran after " + longest + "; its log: " + log);
    }
    return process.exitValue();
  }

  /** SIGKILL, and the wait for its end. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM, and the wait for its end; SIGKILL when that does not come. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(END.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
