package io.messagerelay.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The commands of docs/dead-letters.md, one after another, as they stand. */
final class DeadLettersDocIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

  @RegisterExtension final Site site = new Site();

  @Test
  void every_command_of_the_page_works_as_written() throws IOException {
    Installation here = site.get();
    here.writeData("[7, {\"event_type\": 1}]");
    Files.createSymbolicLink(here.folder().resolve("bin"), Checkout.find().file("bin"));
    Child consumer = here.consumer();
    here.awaitReady(consumer, PATIENCE);
    assertThat(here.propagator("--limit", "20").waitFor(PATIENCE)).isZero();
    String page = Files.readString(Checkout.find().file("docs/dead-letters.md"));
    List<String> commands =
        BLOCK.matcher(page).results().flatMap(block -> block.group(1).lines()).toList();

    assertThat(commands).hasSizeGreaterThan(8).allMatch(line -> line.startsWith("bin/"));
    Path log = here.folder().resolve("logs/page.log");
    Child shell =
        Child.start(
            List.of("sh", "-euc", String.join("\n", commands)),
            here.folder(),
            Map.copyOf(here.settings()),
            log);

    assertThat(shell.waitFor(PATIENCE)).as(shell.output()).isZero();
    assertThat(shell.output()).contains("main: discarded ", "nothing was changed; with --yes");
  }
}
