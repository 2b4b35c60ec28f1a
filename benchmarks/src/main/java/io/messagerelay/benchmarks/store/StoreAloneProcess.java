package io.messagerelay.benchmarks.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;

/** A {@link StoreAlone} in a JVM of its own, with the options that event-consumer's has. */
public final class StoreAloneProcess implements AutoCloseable {
  private final Process process;
  private final Writer requests;
  private final BufferedReader answers;

  private StoreAloneProcess(Process process) {
    this.process = process;
    this.requests = process.outputWriter(UTF_8);
    this.answers = process.inputReader(UTF_8);
  }

  public static StoreAloneProcess start(StorePlace place) {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseCompactObjectHeaders",
            "-Xmx512m",
            "-Dslf4j.provider=" + System.getProperty("slf4j.provider"),
            "-cp",
            System.getProperty("java.class.path"),
            StoreAlone.class.getName());
    var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(place.settings());
    try {
      return new StoreAloneProcess(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + command, e);
    }
  }

  /** Events a second, appended in groups of this size. */
  public double eventsPerSecond(int groupSize, long seconds) {
    try {
      requests.write(groupSize + " " + seconds + "\n");
      requests.flush();
      String answer = answers.readLine();
      if (answer == null) {
        throw new IllegalStateException("the store alone ended by itself; its error stands above");
      }
      return Double.parseDouble(answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** It ends with its input. */
  @Override
  public void close() {
    try {
      requests.close();
      process.waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
