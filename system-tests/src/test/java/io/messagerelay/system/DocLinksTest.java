package io.messagerelay.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the pages point at is there: other pages, their sections, files, and tests. */
final class DocLinksTest {
  private static final Pattern LINK =
      Pattern.compile("\\]\\((?!https?:)([^)#\\s]*)(#[^)\\s]*)?\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.*?) *$");
  private static final Pattern NO_PART_OF_AN_ANCHOR = Pattern.compile("[^\\p{L}\\p{N} _-]");
  private static final Pattern TEST =
      Pattern.compile("`([A-Z]\\w*[a-z]\\w*(?:Test|IT|Contract|Proof|Way)|Prove)(?:\\.(\\w+))?`");

  @Test
  void every_link_leads_to_a_file_and_to_a_heading_of_it() throws IOException {
    var broken = new ArrayList<String>();
    for (Path page : pages()) {
      LINK.matcher(withoutCode(Files.readString(page)))
          .results()
          .forEach(
              link -> {
                Path to = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
                if (!leads(to.normalize(), link.group(2))) {
                  broken.add(page.getFileName() + " -> " + link.group());
                }
              });
    }

    assertThat(broken).isEmpty();
  }

  @Test
  void every_test_that_security_and_reliability_name_is_there() throws IOException {
    Set<String> classes = testSources().map(DocLinksTest::className).collect(Collectors.toSet());
    String methods = testSources().map(DocLinksTest::read).collect(Collectors.joining("\n"));
    for (String name : List.of("docs/security.md", "docs/reliability.md")) {
      var missing = new TreeSet<String>();
      var named = TEST.matcher(read(Checkout.find().file(name))).results().toList();
      named.stream()
          .map(test -> test.group(1))
          .filter(test -> !classes.contains(test))
          .forEach(missing::add);
      named.stream()
          .map(test -> test.group(2))
          .filter(method -> method != null && !methods.contains("void " + method + "("))
          .forEach(missing::add);

      assertThat(named).as(name).hasSizeGreaterThan(20);
      assertThat(missing).as(name).isEmpty();
    }
  }

  private static List<Path> pages() throws IOException {
    Path root = Checkout.find().root();
    try (Stream<Path> docs = Files.list(root.resolve("docs"));
        Stream<Path> top = Files.list(root)) {
      return Stream.concat(docs, top).filter(file -> file.toString().endsWith(".md")).toList();
    }
  }

  private static boolean leads(Path to, @Nullable String anchor) {
    if (!Files.exists(to)) {
      return false;
    }
    return anchor == null
        || HEADING
            .matcher(withoutCode(read(to)))
            .results()
            .anyMatch(heading -> anchor.equals("#" + anchorOf(heading.group(1))));
  }

  /** As GitHub makes it. */
  private static String anchorOf(String heading) {
    return NO_PART_OF_AN_ANCHOR
        .matcher(heading.toLowerCase(Locale.ROOT))
        .replaceAll("")
        .replace(' ', '-');
  }

  private static String withoutCode(String text) {
    return text.replaceAll("(?s)```.*?```", "");
  }

  private static Stream<Path> testSources() throws IOException {
    try (Stream<Path> files =
        Files.find(
            Checkout.find().root(),
            14,
            (file, _) ->
                file.toString().contains("/src/test/java/") && file.toString().endsWith(".java"))) {
      return files.toList().stream();
    }
  }

  private static String className(Path source) {
    return source.getFileName().toString().replace(".java", "");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
