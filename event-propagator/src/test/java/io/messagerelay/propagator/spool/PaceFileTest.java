package io.messagerelay.propagator.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PaceFileTest {
  private static final Pacing WELL = new Pacing(3, 4, 4, OptionalInt.empty(), Optional.empty());
  private static final Pacing AWAY =
      new Pacing(
          1, 1, 4, OptionalInt.of(500), Optional.of(Instant.parse("2026-03-01T08:00:12.345Z")));

  @TempDir Path folder;

  private Path file() {
    return new SpoolFolder(folder).paceFile();
  }

  @Test
  void the_pace_is_kept_for_its_owner_alone_until_the_runner_ends() throws IOException {
    try (PaceFile pace = PaceFile.open(file())) {
      assertThat(PaceFile.read(file())).isEmpty();
      pace.keep(WELL);
      assertThat(PaceFile.read(file())).contains(WELL);
      pace.keep(AWAY);
      assertThat(PaceFile.read(file())).contains(AWAY);
      assertThat(Files.getPosixFilePermissions(file()))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void what_has_not_changed_is_not_written_again() throws IOException {
    try (PaceFile pace = PaceFile.open(file())) {
      pace.keep(WELL);
      Files.delete(file());
      pace.keep(new Pacing(3, 4, 4, OptionalInt.empty(), Optional.empty()));
      assertThat(file()).doesNotExist();
      pace.keep(AWAY);
      assertThat(file()).exists();
    }
  }

  @Test
  void what_a_crash_has_left_is_nobodys_pace() throws IOException {
    PaceFile.open(file()).keep(WELL);
    assertThat(new SpoolFolder(folder).pacing()).as("while nobody runs").isEmpty();

    try (PaceFile next = PaceFile.open(file())) {
      assertThat(next).isNotNull();
      assertThat(file()).doesNotExist();
    }
  }

  @Test
  void what_is_no_note_is_none() throws IOException {
    for (String text : new String[] {"", "[]", "{\"in_flight\":\"3\"}", "{\"in_flight\":"}) {
      Files.writeString(file(), text);
      assertThat(PaceFile.read(file())).as(text).isEmpty();
    }
  }
}
