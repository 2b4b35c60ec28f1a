package io.messagerelay.propagator.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ErrorFileTest {
  @TempDir Path folder;
  private final ManualClock clock = new ManualClock();

  private ErrorFile note() {
    return new ErrorFile(file(), clock);
  }

  private Path file() {
    return new SpoolFolder(folder).lastErrorFile();
  }

  private Optional<LastError> last() {
    return new SpoolFolder(folder).lastError();
  }

  @Test
  void an_error_is_kept_for_its_owner_alone_and_marked_when_it_is_over() throws IOException {
    ErrorFile note = note();
    Instant at = clock.instant();
    note.failing("away: \"nothing\" listens");
    assertThat(last()).contains(new LastError(at, "away: \"nothing\" listens", Optional.empty()));
    assertThat(Files.getPosixFilePermissions(file()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));

    clock.advance(Duration.ofSeconds(5));
    note.over();

    assertThat(last())
        .contains(new LastError(at, "away: \"nothing\" listens", Optional.of(clock.instant())));
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file());
    }
  }

  @Test
  void it_is_written_once_in_a_second_and_at_once_when_it_begins_again() {
    ErrorFile note = note();
    note.failing("first");
    note.failing("second");
    assertThat(last().orElseThrow().cause()).isEqualTo("first");
    note.over();
    note.failing("third");
    assertThat(last().orElseThrow().cause()).isEqualTo("third");
    clock.advance(Duration.ofSeconds(1));
    note.failing("fourth");

    assertThat(last().orElseThrow().cause()).isEqualTo("fourth");
  }

  @Test
  void the_next_run_marks_what_an_earlier_one_has_left() {
    note().failing("away");
    note().over();

    assertThat(last().orElseThrow().over()).isPresent();
  }

  @Test
  void nothing_is_made_where_nothing_fails_and_what_is_no_note_is_none() throws IOException {
    note().over();
    assertThat(file()).doesNotExist();
    assertThat(last()).isEmpty();
    for (String text : new String[] {"", "[]", "{\"at\":\"yesterday\"}", "{\"at\":"}) {
      Files.writeString(file(), text);
      assertThat(last()).as(text).isEmpty();
    }
  }

  @Test
  void a_folder_that_cannot_be_written_stops_nothing() {
    var note = new ErrorFile(folder.resolve("missing/last-error.json"), clock);

    note.failing("away");
    note.over();

    assertThat(folder.resolve("missing")).doesNotExist();
  }
}
