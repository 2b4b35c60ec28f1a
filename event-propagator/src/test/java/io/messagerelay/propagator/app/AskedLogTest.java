package io.messagerelay.propagator.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.base.LogFormat;
import io.messagerelay.base.LogSettings;
import io.messagerelay.propagator.spool.ManualClock;
import io.messagerelay.propagator.spool.SpoolFolder;
import io.messagerelay.propagator.spool.WantedLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

final class AskedLogTest {
  private static final Logger LOG = LoggerFactory.getLogger("io.messagerelay.any");
  private static final Logger EVENTS = LoggerFactory.getLogger("io.messagerelay.events");
  private static final LogSettings USUAL = new LogSettings(LogFormat.TEXT, Level.INFO, false);

  @TempDir Path path;
  private final PrintStream before = System.out;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final ManualClock clock = new ManualClock();
  private SpoolFolder folder;
  private AskedLog asked;

  @BeforeEach
  void open() throws IOException {
    System.setOut(new PrintStream(written, true, UTF_8));
    LogOutput.configure(USUAL);
    folder = new SpoolFolder(path);
    Files.createFile(folder.spoolFile());
    asked = new AskedLog(folder, USUAL, clock);
  }

  @AfterEach
  void giveBack() {
    System.setOut(before);
    LogOutput.configure(USUAL);
  }

  private void want(Level level, boolean events, Duration time) {
    folder.wantLog(Optional.of(new WantedLog(level, events, clock.instant().plus(time))));
  }

  /** What of a debug line and an event's is written after one more look. */
  private List<String> heard() {
    assertThat(asked.run()).isEqualTo(Duration.ofSeconds(1));
    written.reset();
    LOG.debug("detail");
    EVENTS.info("event");
    return written.toString(UTF_8).lines().map(line -> line.replaceFirst(".*  ", "")).toList();
  }

  @Test
  void nothing_changes_as_long_as_nobody_asks() {
    assertThat(heard()).isEmpty();
    assertThat(written.toString(UTF_8)).isEmpty();
  }

  @Test
  void the_level_is_as_asked_until_the_time_is_over() {
    want(Level.DEBUG, false, Duration.ofMinutes(10));
    assertThat(heard()).containsExactly("detail");

    clock.advance(Duration.ofMinutes(10).minusMillis(1));
    assertThat(heard()).containsExactly("detail");
    clock.advance(Duration.ofMillis(1));
    assertThat(heard()).isEmpty();
  }

  @Test
  void events_have_lines_as_long_as_they_are_asked_for() {
    want(Level.INFO, true, Duration.ofMinutes(10));
    assertThat(heard()).containsExactly("event");

    want(Level.DEBUG, true, Duration.ofMinutes(1));
    assertThat(heard()).containsExactly("detail", "event");
    folder.wantLog(Optional.empty());
    assertThat(heard()).isEmpty();
  }

  @Test
  void a_change_is_said_once_and_so_is_the_way_back() {
    want(Level.DEBUG, true, Duration.ofSeconds(2));
    asked.run();
    asked.run();
    clock.advance(Duration.ofSeconds(2));
    asked.run();
    asked.run();

    assertThat(written.toString(UTF_8).lines())
        .satisfiesExactly(
            line -> assertThat(line).matches(".*  the log is DEBUG with events until \\S+Z"),
            line -> assertThat(line).endsWith("  the log is as set again: INFO"));
  }

  @ParameterizedTest
  @CsvSource({"INFO,WARN", "INFO,ERROR", "WARN,ERROR", "ERROR,WARN", "ERROR,ERROR", "ERROR,TRACE"})
  void a_change_and_the_way_back_are_said_at_every_level(Level set, Level wanted) {
    var settings = new LogSettings(LogFormat.TEXT, set, false);
    LogOutput.configure(settings);
    asked = new AskedLog(folder, settings, clock);
    want(wanted, false, Duration.ofSeconds(2));
    asked.run();
    LOG.atLevel(wanted).log("as important as asked for");
    clock.advance(Duration.ofSeconds(2));
    asked.run();

    assertThat(written.toString(UTF_8).lines().map(line -> line.replaceFirst(".*  ", "")))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("the log is " + wanted + " until "),
            line -> assertThat(line).isEqualTo("as important as asked for"),
            line -> assertThat(line).isEqualTo("the log is as set again: " + set));
  }

  @Test
  void a_note_that_cannot_be_read_is_said_once_and_changes_nothing() throws IOException {
    Path note = Files.createDirectory(path.resolve("log-level.json"));
    asked.run();
    asked.run();

    assertThat(written.toString(UTF_8).lines())
        .singleElement()
        .asString()
        .contains(
            "WARN ",
            note + " is not obeyed: it belongs to " + Files.getOwner(path).getName() + " and",
            "run event-propagator log-level as the user that this process runs as");
    Files.delete(note);
    want(Level.DEBUG, false, Duration.ofMinutes(1));
    assertThat(heard()).containsExactly("detail");
  }

  @Test
  void word_that_was_left_for_an_earlier_run_is_obeyed_only_while_its_time_lasts() {
    want(Level.DEBUG, false, Duration.ofMinutes(1));
    clock.advance(Duration.ofMinutes(1));

    assertThat(heard()).isEmpty();
  }
}
