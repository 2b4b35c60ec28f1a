package io.messagerelay.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/troubleshooting.md} and {@code docs/run-book.md} speak of what is really said. */
final class MessagesDocTest {
  private static final String TROUBLES = "docs/troubleshooting.md";
  private static final String RUN_BOOK = "docs/run-book.md";

  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| (?:WARN |ERROR )?`([^`]+)`[^|]*\\| .* \\| .* \\|$");
  private static final Pattern PROBLEM_ROW =
      Pattern.compile("(?m)^\\| `([a-z-]+)` \\| (\\d{3}) \\| .* \\| .* \\|$");
  private static final Pattern PROBLEM_KIND = Pattern.compile("(?m)^ {4}([A-Z_]+)\\((\\d{3}), \"");
  private static final int TELLING = 8;

  /** They log what an exception says, and the exceptions' own texts have rows. */
  private static final Set<String> REPEATING =
      Set.of("Eraser.java", "MysqlStore.java", "SpoolRun.java");

  private final MainSources sources = MainSources.read();

  @Test
  void every_message_of_the_page_is_said_by_a_service_or_command() throws IOException {
    List<String> texts = sources.texts();
    List<String> rows = rows();

    assertThat(rows).hasSizeGreaterThan(100);
    assertThat(rows).allSatisfy(row -> assertThat(parts(row).toList()).isNotEmpty());
    assertThat(rows.stream().flatMap(MessagesDocTest::parts))
        .allMatch(part -> texts.stream().anyMatch(text -> text.contains(part)));
  }

  @Test
  void every_line_that_is_logged_as_a_warning_or_error_is_in_one_of_the_pages() throws IOException {
    List<String> rows = rows();
    String runBook = text(RUN_BOOK);
    var repeating = new TreeSet<String>();
    var missing = new ArrayList<String>();
    sources
        .logged()
        .forEach(
            (file, lines) -> {
              for (String line : lines) {
                List<String> parts = parts(line).toList();
                if (parts.isEmpty()) {
                  repeating.add(file.substring(file.lastIndexOf('/') + 1));
                } else if (rows.stream().noneMatch(row -> hasAll(row, parts))
                    && !hasAll(runBook, parts)) {
                  missing.add(file + ": " + line);
                }
              }
            });

    assertThat(missing).isEmpty();
    assertThat(repeating).isEqualTo(REPEATING);
  }

  @Test
  void every_type_of_problem_has_a_row_with_its_status() throws IOException {
    String code =
        sources.files().entrySet().stream()
            .filter(file -> file.getKey().endsWith("consumer/http/Problem.java"))
            .map(Map.Entry::getValue)
            .collect(Collectors.joining());
    Map<String, String> kinds = new TreeMap<>();
    PROBLEM_KIND
        .matcher(code)
        .results()
        .forEach(
            kind ->
                kinds.put(kind.group(1).toLowerCase(Locale.ROOT).replace('_', '-'), kind.group(2)));
    Map<String, String> rows = new TreeMap<>();
    PROBLEM_ROW
        .matcher(text(TROUBLES))
        .results()
        .forEach(row -> rows.put(row.group(1), row.group(2)));

    assertThat(kinds).hasSizeGreaterThan(20);
    assertThat(rows).isEqualTo(kinds);
  }

  /** Those of messages; a row of another table has no placeholder, is no sentence, or both. */
  private static List<String> rows() throws IOException {
    String messages = text(TROUBLES).split("\n## What HTTP answers", 2)[0];
    return ROW.matcher(messages).results().map(row -> row.group(1)).toList();
  }

  private static String text(String page) throws IOException {
    return Files.readString(Checkout.find().file(page));
  }

  /** What stands between the gaps, where it is long enough to tell something. */
  private static Stream<String> parts(String message) {
    return Arrays.stream(message.split(MainSources.GAP))
        .map(part -> part.replaceFirst("^[:;,]? +", "").strip())
        .filter(part -> part.length() >= TELLING);
  }

  private static boolean hasAll(String text, List<String> parts) {
    int at = 0;
    for (String part : parts) {
      int found = text.indexOf(part, at);
      if (found < 0) {
        return false;
      }
      at = found + part.length();
    }
    return true;
  }
}
