package io.messagerelay.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What has a name only when it is whole. */
final class NewFileTest {
  @TempDir Path folder;

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void a_file_has_its_name_when_it_is_finished_and_is_for_its_owner_alone() throws IOException {
    Path file = folder.resolve("a.db");
    try (NewFile made = NewFile.make(file)) {
      Files.writeString(made.part(), "whole");
      assertThat(file).doesNotExist();
      assertThat(made.part().getFileName().toString()).startsWith("a.db.").endsWith(".part");
      made.finish();
    }

    assertThat(folder).isDirectoryContaining("glob:**/a.db");
    assertThat(folder.toFile().list()).containsExactly("a.db");
    assertThat(file).hasContent("whole");
    assertThat(mode(file)).isEqualTo("rw-------");
  }

  @Test
  void a_folder_with_files_in_it_has_its_name_when_it_is_finished() throws IOException {
    Path made = folder.resolve("b");
    try (NewFile whole = NewFile.makeFolder(made)) {
      Files.createDirectory(whole.part().resolve("c"));
      Files.writeString(whole.part().resolve("c/d"), "in it");
      whole.finish();
    }

    assertThat(made.resolve("c/d")).hasContent("in it");
    assertThat(mode(made)).isEqualTo("rwx------");
  }

  @Test
  void nothing_is_left_of_what_was_not_finished() throws IOException {
    try (NewFile file = NewFile.make(folder.resolve("a"));
        NewFile below = NewFile.makeFolder(folder.resolve("b"))) {
      Files.writeString(file.part(), "half");
      Files.createDirectory(below.part().resolve("c"));
      Files.writeString(below.part().resolve("c/d"), "half");
    }

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void what_has_the_name_is_kept_also_when_it_came_meanwhile() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "first");
    assertThatThrownBy(() -> NewFile.make(file)).isInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(() -> NewFile.makeFolder(file))
        .isInstanceOf(FileAlreadyExistsException.class);
    try (NewFile late = NewFile.beside(file)) {
      assertThatThrownBy(late::finish).isInstanceOf(FileAlreadyExistsException.class);
    }

    assertThat(file).hasContent("first");
    assertThat(folder.toFile().list()).containsExactly("a");
  }
}
