package io.messagerelay.propagator.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.messagerelay.propagator.source.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputsTest {
  @TempDir Path folder;

  private final List<String> notes = new ArrayList<>();
  private final Inputs inputs = new Inputs(notes::add);

  @BeforeEach
  void lay() throws IOException {
    Files.createDirectory(folder.resolve("deep"));
    for (String name :
        List.of("b.json", "a.ndjson.gz", "c.jsonl", "notes.txt", "deep/d.json", "json")) {
      Files.writeString(folder.resolve(name), "[]");
    }
  }

  @Test
  void a_folder_gives_its_files_by_name_and_the_others_are_told() throws Exception {
    assertThat(expand("")).containsExactly("a.ndjson.gz", "b.json", "c.jsonl");
    assertThat(notes).containsExactly("left out of " + folder + ": deep, json, notes.txt");
  }

  @Test
  void a_pattern_gives_what_matches_in_the_order_of_the_names() throws Exception {
    assertThat(expand("*.json*")).containsExactly("b.json", "c.jsonl");
    assertThat(expand("*/*.json")).containsExactly("deep/d.json");
    assertThat(expand("{notes,b}.*")).containsExactly("b.json", "notes.txt");
    assertThat(expand("**.json")).containsExactly("b.json", "deep/d.json");
  }

  @Test
  void files_are_taken_as_typed_whatever_their_names() throws Exception {
    assertThat(inputs.expand(List.of(path("notes.txt"), path("b.json"))))
        .containsExactly(folder.resolve("notes.txt"), folder.resolve("b.json"));
  }

  @Test
  void what_is_not_there_or_no_file_is_refused() throws IOException {
    assertRefused(path("none.json"), "none.json does not exist");
    assertRefused(path("*.xml"), "no file matches " + path("*.xml"));
    assertRefused(path("nowhere/*.json"), "no file matches ");
    assertRefused("/dev/null", "/dev/null is a device or a pipe");
    Files.createDirectory(folder.resolve("deep/empty"));
    assertRefused(path("deep/empty"), "empty has no file named *.json");
  }

  private void assertRefused(String typed, String message) {
    assertThatThrownBy(() -> inputs.expand(List.of(typed)))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining(message);
  }

  private List<String> expand(String pattern) throws SourceException {
    return inputs.expand(List.of(path(pattern))).stream()
        .map(file -> folder.relativize(file).toString())
        .toList();
  }

  private String path(String name) {
    return folder + (name.isEmpty() ? "" : "/" + name);
  }
}
