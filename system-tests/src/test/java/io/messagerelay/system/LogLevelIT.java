package io.messagerelay.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code event-propagator log-level}, beside a run. */
final class LogLevelIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @RegisterExtension final Site site = new Site();

  private Child command(int exitCode, String... words) {
    Child command = site.get().start(Service.PROPAGATOR, Map.of(), words);
    assertThat(command.waitFor(PATIENCE)).as(command.output()).isEqualTo(exitCode);
    return command;
  }

  private static void awaitOutput(Child run, String words) {
    Waiting.until(words, PATIENCE, () -> run.output().contains(words));
  }

  @Test
  void a_run_logs_as_asked_for_a_while_and_goes_back_by_itself() {
    site.get().writeData(SampleData.keyed(10).json());
    Child run =
        site.get()
            .start(
                Service.PROPAGATOR,
                Map.of("LOG_EVENTS", "false", "SCHEDULER_INTERVAL", "0.1"),
                "run");
    awaitOutput(run, "relaying from");
    assertThat(run.output()).doesNotContain(" taken ");

    assertThat(command(0, "log-level", "debug", "--events", "--for", "3s").lines())
        .singleElement()
        .asString()
        .matches("main: DEBUG until \\S+Z");
    awaitOutput(run, "the log is DEBUG with events until");
    awaitOutput(run, " taken ");
    awaitOutput(run, "the log is as set again: INFO");
    String before = run.output();
    command(0, "log-level", "debug");
    awaitOutput(run, "the log is DEBUG until");
    command(0, "log-level", "usual");
    Waiting.until(
        "it is as set again", PATIENCE, () -> run.output().split("as set again", -1).length == 3);
    assertThat(run.output().substring(before.length())).doesNotContain(" taken ");
  }

  @Test
  void a_run_tells_of_a_change_to_fewer_lines_and_of_its_end() {
    site.get().writeData(SampleData.keyed(10).json());
    Child run = site.get().start(Service.PROPAGATOR, Map.of("LOG_LEVEL", "warn"), "run");
    Waiting.until(
        "it has a spool",
        PATIENCE,
        () -> site.get().spoolDir().resolve("spool.db").toFile().length() > 0);

    command(0, "log-level", "error", "--for", "2s");
    awaitOutput(run, "the log is ERROR until");
    awaitOutput(run, "the log is as set again: WARN");
    assertThat(run.output()).doesNotContain("relaying from");
  }

  @Test
  void a_note_that_a_run_cannot_read_is_named_in_its_log() throws IOException {
    site.get().writeData(SampleData.keyed(10).json());
    Child run = site.get().start(Service.PROPAGATOR, Map.of(), "run");
    awaitOutput(run, "relaying from");
    Files.createDirectory(site.get().spoolDir().resolve("log-level.json"));

    awaitOutput(run, "/log-level.json is not obeyed: it belongs to ");
  }

  @Test
  void what_is_typed_wrong_is_said_and_a_spool_without_a_runner_too() {
    assertThat(command(2, "log-level", "loud").output())
        .contains("LEVEL: loud; expected error, warn, info, debug, trace or usual");
    assertThat(command(2, "log-level", "debug", "--for", "8d").output())
        .contains("--for: 8d; expected 1s to 7d");
    assertThat(command(69, "log-level", "debug").output()).contains("has no spool yet");

    site.get().writeData(SampleData.keyed(10).json());
    Child run = site.get().start(Service.PROPAGATOR, Map.of(), "run");
    awaitOutput(run, " taken ");
    run.kill();
    assertThat(command(0, "log-level", "debug").output()).contains("; nobody runs on it now");
  }
}
