package io.messagerelay.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class CommandsTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Command(
      name = "event-consumer",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class)
  private static final class Consumer {}

  @Command(name = "check")
  private record Check(Callable<Integer> what) implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
      return what.call();
    }
  }

  private int execute(Callable<Integer> check, String... arguments) {
    CommandLine line = Commands.lineOf(new Consumer());
    line.addSubcommand(new Check(check));
    return line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
  }

  private int check(Callable<Integer> what) {
    return execute(what, "check");
  }

  @Test
  void exit_code_is_what_the_command_returns() {
    assertThat(check(() -> ExitCodes.TRY_AGAIN)).isEqualTo(75);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void wrong_settings_are_lines_without_a_stack_trace() {
    int code =
        check(
            () -> {
              throw CommandException.settings(List.of("A: bad (.env line 1)", "B: bad (default)"));
            });

    assertThat(code).isEqualTo(78);
    assertThat(err.toString().lines()).containsExactly("A: bad (.env line 1)", "B: bad (default)");
  }

  @Test
  void mistyped_command_is_one_line_that_says_where_help_is() {
    assertThat(execute(() -> 0, "check", "--fast")).isEqualTo(2);
    assertThat(err.toString().lines())
        .containsExactly(
            "event-consumer check: Unknown option: '--fast'; see event-consumer check --help");
  }

  @Test
  void fault_of_ours_is_loud() {
    int code =
        check(
            () -> {
              throw new IllegalStateException("cannot be");
            });

    assertThat(code).isEqualTo(70);
    assertThat(err.toString())
        .startsWith("a fault of this program; please report it with what follows")
        .contains("java.lang.IllegalStateException: cannot be", "CommandsTest");
  }

  @Test
  void interrupt_ends_the_command_and_is_kept() {
    int code =
        check(
            () -> {
              throw new InterruptedException();
            });

    assertThat(Thread.interrupted()).isTrue();
    assertThat(code).isEqualTo(130);
  }

  @Test
  void version_is_that_of_the_build() {
    assertThat(execute(() -> 0, "--version")).isEqualTo(0);
    assertThat(out.toString().strip())
        .matches("event-consumer \\d+\\.\\d+\\.\\d+\\S* \\(Java 25\\S*\\)");
  }
}
