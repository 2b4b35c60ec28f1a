package io.messagerelay.propagator.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.base.LogFormat;
import io.messagerelay.base.LogSettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

final class LogOutputTest {
  private final PrintStream before = System.out;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @AfterEach
  void giveBack() {
    System.setOut(before);
    LogOutput.configure(new LogSettings(LogFormat.TEXT, Level.INFO, false));
  }

  @Test
  void text_is_time_level_service_and_message() {
    log(new LogSettings(LogFormat.TEXT, Level.INFO, true));
    assertThat(written.toString(UTF_8).lines())
        .hasSize(2)
        .allMatch(line -> line.matches("\\d\\d:\\d\\d:\\d\\d INFO  propagator  .+"))
        .extracting(line -> line.replaceFirst(".*propagator  ", ""))
        .containsExactly("one 1", "of each event");
  }

  @Test
  void of_a_command_whose_output_is_its_result_the_log_goes_to_standard_error() {
    PrintStream errors = System.err;
    var told = new ByteArrayOutputStream();
    System.setOut(new PrintStream(written, true, UTF_8));
    System.setErr(new PrintStream(told, true, UTF_8));
    try {
      LogOutput.configure(
          new LogSettings(LogFormat.TEXT, Level.INFO, false), LogOutput.Target.ERROR_ABOVE_BAR);
      LoggerFactory.getLogger("io.messagerelay.any").info("one {}", 1);
    } finally {
      System.setErr(errors);
    }
    assertThat(written.toString(UTF_8)).isEmpty();
    assertThat(told.toString(UTF_8)).matches("\r\u001B\\[K\\S+ INFO  propagator  one 1\n");
  }

  @Test
  void json_is_one_object_a_line() {
    log(new LogSettings(LogFormat.JSON, Level.INFO, false));
    assertThat(written.toString(UTF_8))
        .matches("\\{\"timestamp\":\\d+,\"level\":\"INFO\",.*\"formattedMessage\":\"one 1\".*}\n");
  }

  @Test
  void events_are_silent_unless_asked_for_and_the_level_is_obeyed() {
    log(new LogSettings(LogFormat.TEXT, Level.WARN, false));
    assertThat(written.toString(UTF_8)).isEmpty();
  }

  private void log(LogSettings settings) {
    System.setOut(new PrintStream(written, true, UTF_8));
    LogOutput.configure(settings);
    LoggerFactory.getLogger("io.messagerelay.any").info("one {}", 1);
    LoggerFactory.getLogger("io.messagerelay.any").debug("more");
    LoggerFactory.getLogger("io.messagerelay.events").info("of each event");
  }
}
