package io.messagerelay.propagator.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

final class LogNoteFileTest {
  private static final WantedLog WANTED = new WantedLog(Level.DEBUG, false, Instant.EPOCH);

  @TempDir Path folder;

  /** A user by its name alone. */
  private record User(String name) implements UserPrincipal {
    @Override
    public String getName() {
      return name;
    }
  }

  private LogNoteFile note() {
    return new LogNoteFile(folder.resolve("log-level.json"));
  }

  @Test
  void what_cannot_be_read_is_found_with_its_owner_and_the_reason() throws IOException {
    Path inTheWay = Files.createDirectory(note().file());
    String owner = Files.getOwner(folder).getName();

    assertThat(note().read())
        .isInstanceOfSatisfying(
            LogNote.Unread.class,
            unread -> {
              assertThat(unread.file()).isEqualTo(inTheWay);
              assertThat(unread.owner()).isEqualTo(owner);
              assertThat(unread.reason()).contains("directory");
            });
  }

  @Test
  void nobody_leaves_what_the_owner_of_the_spool_could_not_read() {
    Path spool = Path.of("/spool/spool.db");
    assertThatCode(() -> LogNoteFile.requireSame(new User("relay"), new User("relay"), spool))
        .doesNotThrowAnyException();

    assertThatThrownBy(() -> LogNoteFile.requireSame(new User("root"), new User("relay"), spool))
        .isInstanceOf(SpoolException.class)
        .hasCauseInstanceOf(AccessDeniedException.class)
        .hasMessage(
            "/spool/spool.db belongs to relay, and what runs on it could not read what root"
                + " leaves there; run this command as relay");
  }

  @Test
  void what_cannot_be_left_leaves_nothing_behind() {
    assertThatThrownBy(() -> note().write(WANTED, folder.resolve("no-spool")))
        .isInstanceOf(NoSuchFileException.class);

    assertThat(folder).isEmptyDirectory();
  }
}
