package io.messagerelay.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The nine files that a newcomer reads to know how an event goes from source to store. */
final class WalkTest {
  private static final List<String> FILES =
      List.of(
          "RandomSource",
          "SourcePump",
          "SqliteSpool",
          "Relay",
          "HttpEventSender",
          "EventResource",
          "EventJson",
          "GroupCommit",
          "JdbcEventStore");

  @Test
  void each_file_of_the_walk_is_under_250_lines_and_all_nine_under_1500() throws IOException {
    long together = 0;
    for (String name : FILES) {
      long lines = lines(name);
      assertThat(lines).as(name).isLessThan(250);
      together += lines;
    }
    assertThat(together).isLessThan(1_500);
  }

  private static long lines(String name) throws IOException {
    Path root = Checkout.find().root();
    try (Stream<Path> files = Files.find(root, 12, (file, _) -> isMain(file, name + ".java"))) {
      List<Path> found = files.toList();
      assertThat(found).as(name).hasSize(1);
      try (Stream<String> lines = Files.lines(found.getFirst())) {
        return lines.count();
      }
    }
  }

  private static boolean isMain(Path file, String name) {
    return file.endsWith(name) && file.toString().contains("/src/main/java/");
  }
}
