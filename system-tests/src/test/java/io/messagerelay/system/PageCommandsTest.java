package io.messagerelay.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every page that shows commands has a test that runs them. */
final class PageCommandsTest {
  private static final Map<String, String> TESTS =
      Map.ofEntries(
          Map.entry("README.md", "ReadmeIT"),
          Map.entry("docs/backup-and-restore.md", "BackupDocIT"),
          Map.entry("docs/dead-letters.md", "DeadLettersDocIT"),
          Map.entry("docs/following-a-file.md", "FollowIT"),
          Map.entry("docs/operations.md", "ShortPagesDocIT"),
          Map.entry("docs/reading-as-a-stream.md", "ShortPagesDocIT"),
          Map.entry("docs/relaying-an-outbox.md", "OutboxDocIT"),
          Map.entry("docs/replaying-files.md", "ReplayingFilesDocIT"),
          Map.entry("docs/run-book.md", "RunBookDocIT"),
          Map.entry("docs/schemas.md", "ShortPagesDocIT"),
          Map.entry("docs/stored-events.md", "StoredEventsDocIT"),
          Map.entry("docs/traces.md", "TracesIT"),
          Map.entry("docs/tutorial.md", "TutorialDocIT"));

  /**
   * Its commands need systemd, a Docker engine and root; {@code .ci/deploy} runs those that
   * install.
   */
  private static final String NOT_RUN = "docs/deploying.md";

  @Test
  void every_page_with_commands_is_run_by_a_test() throws IOException {
    var pages = new TreeSet<>(TESTS.keySet());
    pages.add(NOT_RUN);

    assertThat(pagesWithCommands()).isEqualTo(pages);
  }

  @Test
  void every_one_of_these_tests_is_there_and_speaks_of_its_page() throws IOException {
    for (var test : TESTS.entrySet()) {
      Path source =
          Checkout.find()
              .file(
                  "system-tests/src/test/java/io/messagerelay/system/" + test.getValue() + ".java");
      assertThat(source).content().contains('"' + test.getKey() + '"');
    }
  }

  private static Set<String> pagesWithCommands() throws IOException {
    Path root = Checkout.find().root();
    try (Stream<Path> docs = Files.list(root.resolve("docs"))) {
      return Stream.concat(docs, Stream.of(root.resolve("README.md")))
          .filter(page -> page.toString().endsWith(".md"))
          .filter(PageCommandsTest::hasCommands)
          .map(page -> root.relativize(page).toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static boolean hasCommands(Path page) {
    try {
      return Files.readString(page).contains("```sh\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
