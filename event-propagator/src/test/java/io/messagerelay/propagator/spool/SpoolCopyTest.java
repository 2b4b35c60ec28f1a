package io.messagerelay.propagator.spool;

import static io.messagerelay.propagator.spool.SpoolClaimContract.ROOMY;
import static io.messagerelay.propagator.spool.SpoolClaimContract.SOURCE;
import static io.messagerelay.propagator.spool.SpoolClaimContract.event;
import static io.messagerelay.propagator.spool.SpoolClaimContract.unusable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.messagerelay.propagator.spool.Settlement.Delivered;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backing spools up beside their runners, and putting backups back. */
final class SpoolCopyTest {
  @TempDir Path temp;
  private final ManualClock clock = new ManualClock();
  private SpoolFolder folder;
  private SpoolFolder backup;

  @BeforeEach
  void make() {
    folder = SpoolFolder.make(temp.resolve("spool"));
    backup = SpoolFolder.make(temp.resolve("backup"));
  }

  private SqliteSpool open() {
    return SqliteSpool.open(folder.spoolFile(), new Lanes(1), new SpoolLimits(ROOMY, 0), clock);
  }

  private SpoolPlace place(boolean replace) {
    return SpoolPlace.take(folder, folder.spoolFile(), replace, 4711);
  }

  private static List<Path> files(SpoolFolder folder) throws IOException {
    try (Stream<Path> all = Files.list(folder.path())) {
      return all.map(Path::getFileName).sorted().toList();
    }
  }

  private void execute(Path file, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void a_copy_beside_the_runner_holds_what_was_taken_and_not_settled() throws IOException {
    try (SqliteSpool spool = open()) {
      spool.take(SOURCE, List.of(event(1), event(2), unusable(3)), "p1");
      List<SpooledEvent> first = spool.claim(0, 0, 1, ROOMY);
      spool.settle(List.of(new Delivered(first.getFirst())));

      SpoolCopy copy = SpoolCopy.make(folder, backup);

      assertThat(copy.books()).isEqualTo(spool.books()).matches(Books::balanced);
      assertThat(copy.bytes()).isEqualTo(Files.size(backup.spoolFile()));
      spool.take(SOURCE, List.of(event(4)), "p2");
    }
    assertThat(files(backup)).containsExactly(Path.of("spool.db"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup.spoolFile())))
        .isEqualTo("rw-------");
    assertThat(SpoolDesk.audit(backup)).isEqualTo(new Audit(1, 1, copyBytes(), List.of()));
  }

  private long copyBytes() {
    return backup.status().orElseThrow().books().bytes();
  }

  @Test
  void copies_beside_a_busy_runner_are_sound_and_hold_it_up_nowhere() throws Exception {
    int rounds = 300;
    try (SqliteSpool spool = open()) {
      Thread runner =
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int i = 0; i < rounds; i++) {
                      spool.take(SOURCE, List.of(event(2 * i), event(2 * i + 1)), "p" + i);
                      List<SpooledEvent> one = spool.claim(0, 0, 1, ROOMY);
                      spool.settle(List.of(new Delivered(one.getFirst())));
                    }
                  });
      var copies = new ArrayList<Books>();
      for (int i = 0; i == 0 || runner.isAlive(); i++) {
        SpoolFolder to = SpoolFolder.make(temp.resolve("copy-" + i));
        copies.add(SpoolCopy.make(folder, to).books()); // thrown when it is not sound
      }
      runner.join();

      assertThat(copies).allMatch(Books::balanced);
      assertThat(spool.books().taken()).isEqualTo(2L * rounds);
      assertThat(spool.books().delivered()).isEqualTo(rounds);
    }
  }

  @Test
  void a_copy_that_is_there_is_not_overwritten() throws IOException {
    open().close();
    Files.writeString(backup.spoolFile(), "another");

    assertThatThrownBy(() -> SpoolCopy.make(folder, backup))
        .isInstanceOf(SpoolException.class)
        .hasCauseInstanceOf(FileAlreadyExistsException.class)
        .hasMessage("%s is there already", backup.spoolFile());
    assertThat(backup.spoolFile()).hasContent("another");
  }

  @Test
  void a_spool_whose_books_are_wrong_leaves_no_copy() throws Exception {
    try (SqliteSpool spool = open()) {
      spool.take(SOURCE, List.of(event(1)), null);
    }
    execute(folder.spoolFile(), "UPDATE books SET taken = 8, pending = 8");

    assertThatThrownBy(() -> SpoolCopy.make(folder, backup))
        .isInstanceOf(SpoolException.class)
        .hasMessage(
            "a copy of the spool %s is not sound: pending: the books say 8, and it is 1",
            folder.spoolFile());
    assertThat(files(backup)).isEmpty();
  }

  @Test
  void what_is_no_spool_is_neither_copied_nor_put_back() throws Exception {
    execute(folder.spoolFile(), "CREATE TABLE store_identity (one INTEGER)");
    Files.writeString(
        backup.spoolFile(), "a letter, longer than the header of a database. ".repeat(9));

    assertThatThrownBy(() -> SpoolCopy.make(folder, SpoolFolder.make(temp.resolve("other"))))
        .hasMessageStartingWith(folder.spoolFile() + " is no spool");
    try (SpoolPlace place = place(true)) {
      assertThatThrownBy(() -> place.put(backup))
          .hasMessageStartingWith(backup.spoolFile() + " is no spool");
    }
    assertThat(files(folder)).containsExactly(Path.of("runner.lock"), Path.of("spool.db"));
  }

  @Test
  void one_of_a_newer_version_is_refused_and_one_of_an_earlier_version_is_copied()
      throws Exception {
    open().close();
    execute(folder.spoolFile(), "PRAGMA user_version = 2");
    SpoolCopy.make(folder, backup);
    try (SpoolPlace place = place(true)) {
      assertThat(place.put(backup).copy().books().taken()).isZero();
    }

    execute(folder.spoolFile(), "PRAGMA user_version = 9");
    assertThatThrownBy(() -> SpoolCopy.make(folder, SpoolFolder.make(temp.resolve("other"))))
        .isInstanceOf(SpoolException.class)
        .hasMessageContaining("is a spool of version 9");
  }

  @Test
  void a_backup_that_is_put_back_goes_on_where_it_was() {
    try (SqliteSpool spool = open()) {
      spool.take(SOURCE, List.of(event(1), event(2)), "p1");
      SpoolCopy.make(folder, backup);
      spool.settle(spool.claim(0, 0, 2, ROOMY).stream().map(Delivered::new).toList());
      spool.take(SOURCE, List.of(event(3)), "p2");
    }

    try (SpoolPlace place = place(true)) {
      assertThat(place.put(backup).aside()).contains(folder.path().resolve("spool.db.1"));
    }

    try (SqliteSpool spool = open()) {
      assertThat(spool.progress(SOURCE)).contains("p1");
      assertThat(spool.claim(0, 0, 9, ROOMY))
          .extracting(SpooledEvent::eventId)
          .containsExactly("id-1", "id-2");
      assertThat(spool.books()).isEqualTo(new Books(2, 0, 0, 0, 0, 2, spool.books().bytes()));
    }
    assertThat(SpoolDesk.audit(backup).isSound()).isTrue();
    assertThat(new SpoolFolder(folder.path()).status()).isPresent();
  }

  @Test
  void a_spool_that_is_there_is_put_aside_with_its_log_or_refused() throws IOException {
    try (SqliteSpool spool = open()) {
      spool.take(SOURCE, List.of(event(1)), null);
      SpoolCopy.make(folder, backup);
    }
    Path log = folder.path().resolve("spool.db-wal");
    Files.writeString(log, "of a spool that was killed");

    assertThatThrownBy(() -> place(false))
        .isInstanceOf(SpoolException.class)
        .hasCauseInstanceOf(FileAlreadyExistsException.class)
        .hasMessage("the spool %s is there already; --force puts it aside", folder.spoolFile());
    try (SpoolPlace place = place(true)) {
      place.put(backup);
    }

    assertThat(files(folder).stream().map(Path::toString))
        .containsExactly("runner.lock", "spool.db", "spool.db.1", "spool.db.1-wal");
    assertThat(folder.path().resolve("spool.db.1-wal")).hasContent("of a spool that was killed");
  }

  @Test
  void a_log_without_its_spool_is_in_the_way_too() throws IOException {
    open().close();
    SpoolCopy.make(folder, backup);
    Files.delete(folder.spoolFile());
    Files.writeString(folder.path().resolve("spool.db-wal"), "of a spool that was removed");

    assertThatThrownBy(() -> place(false)).hasCauseInstanceOf(FileAlreadyExistsException.class);
    try (SpoolPlace place = place(true)) {
      place.put(backup);
    }
    assertThat(folder.path().resolve("spool.db-wal")).doesNotExist();
    assertThat(SpoolDesk.audit(folder).isSound()).isTrue();
  }

  @Test
  void nothing_is_put_where_a_runner_works() {
    try (RunnerLock runner = RunnerLock.take(folder, 7)) {
      assertThat(runner).isNotNull();
      assertThatThrownBy(() -> place(true))
          .isInstanceOf(SpoolInUseException.class)
          .hasMessageStartingWith("another event-propagator (process 7) is running on");
    }
  }
}
