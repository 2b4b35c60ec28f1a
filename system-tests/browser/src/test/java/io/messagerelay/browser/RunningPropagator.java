package io.messagerelay.browser;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * event-propagator as a process of its own, which sends the events of its sample, one of which is
 * refused, twenty a second, for as long as a test runs.
 */
final class RunningPropagator implements AutoCloseable {
  private final Path folder;
  private final Map<String, String> settings;
  private final Process process;

  private RunningPropagator(Path folder, Map<String, String> settings) throws IOException {
    this.folder = folder;
    this.settings = settings;
    process =
        command("run")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("event-propagator.log").toFile())
            .start();
  }

  /** Its spool is in the folder. */
  static RunningPropagator startIn(Path folder, RunningConsumer consumer) throws IOException {
    return new RunningPropagator(
        folder,
        Map.of(
            "SERVICE_NAME",
            RunningConsumer.ACCOUNT,
            "SERVICE_PASSWORD",
            RunningConsumer.PASSWORD,
            "CONSUMER_URL",
            consumer.url(),
            "DATA_FILE",
            RunningConsumer.REPOSITORY.resolve("event-propagator/data/data.json").toString(),
            "SCHEDULER_INTERVAL",
            "0.05"));
  }

  private ProcessBuilder command(String... arguments) {
    var command =
        new ProcessBuilder(RunningConsumer.REPOSITORY.resolve("bin/event-propagator").toString());
    command.command().addAll(List.of(arguments));
    command.directory(folder.toFile()).environment().putAll(settings);
    return command;
  }

  /**
   * What its own status says.
   *
   * @param name of a number, as "delivered"
   */
  long told(String name) throws IOException {
    Process status = command("status", "--lines").start();
    var lines = new String(status.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher found = Pattern.compile("^" + name + "=(\\d+)$", Pattern.MULTILINE).matcher(lines);
    if (!found.find()) {
      throw new IllegalStateException("no " + name + " in " + lines);
    }
    return Long.parseLong(found.group(1));
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
  }
}
