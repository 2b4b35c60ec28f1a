package io.messagerelay.base;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OutputFileTest {
  @TempDir private Path folder;

  private static void write(Path file, boolean replace, String text) throws IOException {
    try (OutputFile out = OutputFile.make(file, replace)) {
      out.stream().write(text.getBytes(UTF_8));
      assertThat(Files.exists(file)).isEqualTo(replace);
      out.finish();
    }
  }

  @Test
  void it_has_its_name_when_it_is_whole_and_is_its_owners_alone() throws IOException {
    Path file = folder.resolve("events.ndjson");
    write(file, false, "one\n");

    assertThat(file).hasContent("one\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(folder).isDirectoryNotContaining(each -> each.toString().endsWith(".part"));
  }

  @Test
  void one_that_is_not_finished_leaves_nothing_and_the_old_one_as_it_was() throws IOException {
    Path file = folder.resolve("events.ndjson");
    write(file, false, "old\n");
    try (OutputFile out = OutputFile.make(file, true)) {
      out.stream().write("half".getBytes(UTF_8));
    }

    assertThat(file).hasContent("old\n");
    assertThat(folder).isDirectoryNotContaining(each -> each.toString().endsWith(".part"));
  }

  @Test
  void one_that_is_there_is_replaced_only_when_told() throws IOException {
    Path file = folder.resolve("events.ndjson");
    write(file, false, "old\n");

    assertThatThrownBy(() -> OutputFile.make(file, false))
        .isInstanceOf(FileAlreadyExistsException.class);
    write(file, true, "new\n");
    assertThat(file).hasContent("new\n");
  }

  @Test
  void a_name_that_ends_in_gz_is_gzipped() throws IOException {
    Path file = folder.resolve("events.ndjson.gz");
    write(file, false, "one\n");

    try (var in = new GZIPInputStream(Files.newInputStream(file))) {
      assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo("one\n");
    }
  }

  @Test
  void what_went_wrong_is_told_with_the_next_step() {
    Path file = Path.of("events.ndjson");

    assertThat(OutputFile.failure(file, new FileAlreadyExistsException("events.ndjson")))
        .hasMessage("--out: events.ndjson is there already; --force replaces it");
    assertThat(OutputFile.failure(file, new AccessDeniedException("events.ndjson")).exitCode())
        .isEqualTo(ExitCodes.NO_PERMISSION);
    assertThat(OutputFile.failure(null, new IOException("Broken pipe")))
        .hasMessageStartingWith("standard output cannot be written: ")
        .hasMessageEndingWith("Broken pipe");
  }
}
