package io.messagerelay.consumer.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleFilesTest {
  private static final Path OWN = Path.of("src/main/resources/console");
  private static final int MOST_LINES = 250;

  /** Whatever makes a piece of page, or a script, of a text. */
  private static final Pattern FROM_TEXT =
      Pattern.compile(
          "innerHTML|outerHTML|insertAdjacentHTML|unsafe|document\\.write|eval\\(|Function\\(|srcdoc|DOMParser|createContextualFragment");

  private static final Pattern IMPORT =
      Pattern.compile("(?:from|import) ?[\"']([^\"'\\s]+)[\"']|\"(/console/[^\"]+)\"");

  private final ConsoleFiles files = new ConsoleFiles();

  static List<Path> own() throws IOException {
    try (Stream<Path> all = Files.list(OWN)) {
      return all.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("own")
  void each_file_is_served_is_short_and_makes_no_page_of_text(Path file) throws IOException {
    String text = Files.readString(file);

    assertThat(files.find(file.getFileName().toString()).orElseThrow().plain())
        .isEqualTo(text.getBytes(UTF_8));
    assertThat(FROM_TEXT.matcher(text).results()).isEmpty();
    if (file.toString().endsWith(".js")) {
      assertThat(text.lines().count()).isLessThan(MOST_LINES);
    }
  }

  @ParameterizedTest
  @MethodSource("own")
  void what_a_file_imports_is_there(Path file) throws IOException {
    IMPORT
        .matcher(Files.readString(file))
        .results()
        .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
        .filter(name -> name.startsWith("./") || name.startsWith("/console/"))
        .map(name -> name.substring(name.lastIndexOf('/') + 1))
        .forEach(name -> assertThat(files.find(name)).as(name).isPresent());
  }

  /** They import each other by the names that the import map knows, or by files beside them. */
  @Test
  void what_the_libraries_import_is_there() throws IOException {
    String page = Files.readString(OWN.resolve("index.html"));
    Set<String> names = ConsoleFiles.LIBRARIES.keySet();

    for (String library : names) {
      String text = new String(files.find(library).orElseThrow().plain(), UTF_8);
      for (String name : imports(library, text)) {
        assertThat(
                name.startsWith("./")
                    ? names.contains(name.substring(2))
                    : page.contains('"' + name + "\":"))
            .as(library + " imports " + name)
            .isTrue();
      }
    }
  }

  private static Set<String> imports(String file, String text) {
    return file.endsWith(".css")
        ? Set.of()
        : IMPORT
            .matcher(text)
            .results()
            .map(found -> found.group(1))
            .filter(name -> name != null)
            .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "none.js",
        "",
        ".js",
        "../application.properties",
        "app.js/",
        "app.class",
        "APP.JS"
      })
  void nothing_else_is_found(String name) {
    assertThat(files.find(name)).isEmpty();
  }

  /** A browser asks nobody else: not for a style, a font, a picture or a script. */
  @Test
  void no_file_names_another_server() throws IOException {
    assertThat(own())
        .allSatisfy(file -> assertThat(addresses(file)).isSubsetOf("http://www.w3.org/2000/svg"));
  }

  private static List<String> addresses(Path file) {
    try {
      return Pattern.compile("https?://[^\"'\\s)`$]+")
          .matcher(Files.readString(file))
          .results()
          .map(found -> found.group())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
