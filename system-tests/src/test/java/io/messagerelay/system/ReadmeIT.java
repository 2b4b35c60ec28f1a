package io.messagerelay.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The commands that the README shows. */
final class ReadmeIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Pattern MAKE = Pattern.compile("(?:^|`)make ([a-z]+)", Pattern.MULTILINE);
  private static final Pattern BIN = Pattern.compile("\\bbin/([a-z-]+)");

  /** A check that finds the other service running, or not running. */
  private static final int UNAVAILABLE = 69;

  @RegisterExtension final Site site = new Site();

  @Test
  void every_make_target_and_every_command_that_the_readme_names_is_there() throws IOException {
    Checkout checkout = Checkout.find();
    String makefile = Files.readString(checkout.file("Makefile"));
    List<String> targets = found(MAKE, readme().text());

    assertThat(targets).contains("run", "test", "prove");
    assertThat(targets).allMatch(target -> makefile.contains("\n" + target + ":"));
    assertThat(found(BIN, readme().text()))
        .allMatch(name -> Files.isExecutable(checkout.file("bin").resolve(name)));
  }

  @Test
  void what_the_readme_asks_of_running_services_is_answered_as_written() throws IOException {
    startBoth();
    String requests =
        readme().blocks().stream()
            .filter(block -> !block.startsWith("make ") && !isCheck(block))
            .collect(Collectors.joining("\n"))
            .replace("curl -sS", "curl -sS --fail-with-body");

    Child shell = readme().run(requests);

    assertThat(requests).contains("/token", "/event");
    assertThat(shell.waitFor(PATIENCE)).isZero();
    assertThat(shell.output()).contains("\"event_id\"", "\"status\":\"success\"");
  }

  @Test
  void each_check_of_the_readme_runs_as_written_and_finds_the_settings_complete()
      throws IOException {
    startBoth();
    List<String> checks =
        readme().blocks().stream()
            .filter(ReadmeIT::isCheck)
            .flatMap(String::lines)
            .distinct()
            .toList();

    assertThat(checks).isNotEmpty();
    for (String check : checks) {
      Child shell = readme().run(check);
      assertThat(shell.waitFor(PATIENCE)).as(check).isIn(0, UNAVAILABLE);
      assertThat(shell.lines()).as(check).contains("ok    settings   complete");
    }
  }

  private static boolean isCheck(String block) {
    return block.contains(" check\n");
  }

  private void startBoth() throws IOException {
    Installation both = site.get();
    both.writeData(SampleData.keyed(3).json());
    both.writeDotEnv(
        "SERVICE_NAME=%s\nSERVICE_PASSWORD=%s\n"
            .formatted(Installation.ACCOUNT, Installation.PASSWORD));
    readme().inCheckout();
    both.awaitReady(both.consumer(), PATIENCE);
    assertThat(both.propagator("--limit", "3").waitFor(PATIENCE)).isZero();
  }

  private DocCommands readme() {
    return new DocCommands(site.get(), "README.md");
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(match -> match.group(1)).toList();
  }
}
