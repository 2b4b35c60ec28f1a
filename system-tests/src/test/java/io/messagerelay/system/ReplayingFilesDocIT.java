package io.messagerelay.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The commands of {@code docs/replaying-files.md}. */
final class ReplayingFilesDocIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @RegisterExtension final Site site = new Site();

  @Test
  void every_command_of_the_page_does_what_it_says() throws IOException {
    Installation both = site.get();
    both.awaitReady(both.consumer(), PATIENCE);
    Files.writeString(both.folder().resolve("events.json"), SampleData.keyed(40).json());
    Files.createDirectory(both.folder().resolve("exports"));
    Files.writeString(
        both.folder().resolve("exports/2026-01.json"), SampleData.withoutKeys(30).json());

    DocCommands page = new DocCommands(both, "docs/replaying-files.md").inCheckout();
    List<String> blocks = page.blocks();

    assertThat(blocks).isNotEmpty();
    for (String block : blocks) {
      Child shell = page.run(block);
      assertThat(shell.waitFor(PATIENCE)).as("%s%n%s", block, shell.output()).isZero();
      assertThat(shell.output()).as(block).containsPattern("taken [\\d,]+ = |items: |\"outcome\"");
    }
  }
}
