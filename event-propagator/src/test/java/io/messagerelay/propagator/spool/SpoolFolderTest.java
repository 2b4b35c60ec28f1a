package io.messagerelay.propagator.spool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.READ;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

@Timeout(60)
class SpoolFolderTest {
  private static final Pacing PACING = new Pacing(3, 4, 4, OptionalInt.empty(), Optional.empty());

  @TempDir Path temp;

  @Test
  void a_missing_folder_is_made_for_its_owner_alone() throws IOException {
    Path path = temp.resolve("var/spool");
    SpoolFolder folder = SpoolFolder.make(path);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rwx------");
    assertThat(folder.spoolFile()).isEqualTo(path.resolve("spool.db"));
    assertThat(folder.heartbeatFile()).isEqualTo(path.resolve("heartbeat"));
  }

  @Test
  void lock_and_heartbeat_are_for_their_owner_alone() throws IOException {
    SpoolFolder folder = SpoolFolder.make(temp);
    RunnerLock.take(folder, 1).close();
    new Heartbeat(folder.heartbeatFile(), new ManualClock()).beat();

    for (Path file : List.of(folder.lockFile(), folder.heartbeatFile())) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .as("%s", file)
          .isEqualTo("rw-------");
    }
  }

  @Test
  void an_existing_folder_keeps_its_permissions() throws IOException {
    Files.setPosixFilePermissions(temp, PosixFilePermissions.fromString("rwxr-x---"));
    SpoolFolder.make(temp);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(temp)))
        .isEqualTo("rwxr-x---");
  }

  @Test
  void a_file_in_the_place_of_the_folder_is_refused() throws IOException {
    Path file = Files.createFile(temp.resolve("spool"));

    assertThatThrownBy(() -> SpoolFolder.make(file))
        .isInstanceOf(SpoolException.class)
        .hasMessage(
            "SPOOL_DIR: %s cannot be used: it is a file; expected a folder that can be written",
            file);
  }

  @Test
  void a_second_runner_in_another_process_is_told_who_runs() throws Exception {
    SpoolFolder folder = SpoolFolder.make(temp.resolve("spool"));
    Process runner = runner(folder);
    try (BufferedReader out = runner.inputReader(UTF_8)) {
      assertThat(out.readLine()).isEqualTo("running");

      assertThatThrownBy(() -> RunnerLock.take(folder, 1))
          .isInstanceOf(SpoolException.class)
          .hasMessage(
              "another event-propagator (process %d) is running on SPOOL_DIR %s; stop it or set"
                  + " another SPOOL_DIR",
              runner.pid(), folder.path());
    } finally {
      runner.destroyForcibly().waitFor();
    }
    RunnerLock.take(folder, 1).close();
  }

  @Test
  void an_onlooker_sees_who_runs_and_is_in_nobodys_way() throws Exception {
    SpoolFolder folder = SpoolFolder.make(temp.resolve("spool"));
    assertThat(folder.runner()).isEmpty();
    Process runner = runner(folder);
    try (BufferedReader out = runner.inputReader(UTF_8)) {
      assertThat(out.readLine()).isEqualTo("running");

      assertThat(folder.runner()).contains(new Runner(OptionalLong.of(runner.pid())));
      assertThat(folder.pacing()).isEmpty();
      PaceFile.open(folder.paceFile()).keep(PACING);
      assertThat(folder.pacing()).contains(PACING);
    } finally {
      runner.destroyForcibly().waitFor();
    }
    assertThat(folder.runner()).isEmpty();
    assertThat(folder.pacing()).isEmpty();
    try (FileChannel looking = FileChannel.open(folder.lockFile(), READ)) {
      assertThat(looking.tryLock(0, 1, true)).as("the byte of runners is free").isNotNull();
    }
  }

  @Test
  void spools_are_found_in_the_folder_and_right_below_it() throws IOException {
    assertThat(SpoolFolder.all(temp.resolve("missing"))).isEmpty();
    assertThat(SpoolFolder.all(temp)).isEmpty();
    for (String path : List.of("b", "a", "a/too-deep", "empty")) {
      Files.createDirectories(temp.resolve(path));
    }
    for (String path : List.of("spool.db", "b/spool.db", "a/spool.db", "a/too-deep/spool.db")) {
      Files.createFile(temp.resolve(path));
    }

    assertThat(SpoolFolder.all(temp))
        .extracting(SpoolFolder::path)
        .containsExactly(temp, temp.resolve("a"), temp.resolve("b"));
  }

  @Test
  void a_folder_that_cannot_be_read_is_named() throws IOException {
    Path file = Files.createFile(temp.resolve("spool"));

    assertThatThrownBy(() -> SpoolFolder.all(file))
        .isInstanceOf(SpoolException.class)
        .hasMessageStartingWith("SPOOL_DIR: " + file + " cannot be read: ");
  }

  @Test
  void the_last_beat_is_the_heartbeats_time() {
    SpoolFolder folder = SpoolFolder.make(temp);
    assertThat(folder.lastBeat()).isEmpty();
    var clock = new ManualClock();
    new Heartbeat(folder.heartbeatFile(), clock).beat();

    assertThat(folder.lastBeat()).contains(clock.instant());
  }

  @Test
  void what_a_runner_shall_log_is_kept_for_its_owner_alone_until_it_is_taken_back()
      throws IOException {
    var folder = SpoolFolder.make(temp);
    Files.createFile(folder.spoolFile());
    assertThat(folder.logNote()).isEqualTo(new LogNote.None());
    var wanted = new WantedLog(Level.DEBUG, true, Instant.parse("2026-03-01T08:10:00Z"));
    folder.wantLog(Optional.of(wanted));

    assertThat(folder.logNote()).isEqualTo(new LogNote.Wanted(wanted));
    assertThat(Files.getPosixFilePermissions(temp.resolve("log-level.json")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    folder.wantLog(Optional.empty());
    assertThat(folder.logNote()).isEqualTo(new LogNote.None());
    try (Stream<Path> files = Files.list(temp)) {
      assertThat(files).containsExactly(folder.spoolFile());
    }
  }

  @Test
  void a_word_about_the_log_that_is_none_is_not_obeyed_and_one_that_cannot_be_left_is_said()
      throws IOException {
    var folder = new SpoolFolder(temp);
    for (String text :
        List.of("", "{\"level\":\"LOUD\"}", "{\"level\":\"INFO\",\"until\":\"soon\"}")) {
      Files.writeString(temp.resolve("log-level.json"), text);
      assertThat(folder.logNote()).as(text).isEqualTo(new LogNote.None());
    }
    var nowhere = new SpoolFolder(temp.resolve("missing"));
    assertThatThrownBy(
            () -> nowhere.wantLog(Optional.of(new WantedLog(Level.INFO, false, Instant.EPOCH))))
        .isInstanceOf(SpoolException.class)
        .hasMessageStartingWith("SPOOL_DIR: " + temp.resolve("missing") + " cannot be used: ");
  }

  @Test
  void a_second_runner_in_the_same_process_is_told_the_same() {
    SpoolFolder folder = SpoolFolder.make(temp);
    try (RunnerLock first = RunnerLock.take(folder, 4711)) {
      assertThat(first).isNotNull();
      assertThatThrownBy(() -> RunnerLock.take(folder, 1))
          .isInstanceOf(SpoolException.class)
          .hasMessageStartingWith(
              "another event-propagator (process 4711) is running on SPOOL_DIR");
    }
  }

  @Test
  void a_released_lock_can_be_taken_by_another() throws IOException {
    SpoolFolder folder = SpoolFolder.make(temp);
    RunnerLock.take(folder, 123_456).close();
    RunnerLock.take(folder, 7).close();

    assertThat(temp.resolve("runner.lock")).hasContent("7");
  }

  @Test
  void a_folder_in_which_nothing_can_be_made_is_refused() throws IOException {
    Files.createDirectory(temp.resolve("runner.lock"));

    assertThatThrownBy(() -> RunnerLock.take(new SpoolFolder(temp), 1))
        .isInstanceOf(SpoolException.class)
        .hasMessageStartingWith("SPOOL_DIR: " + temp + " cannot be used: ")
        .hasMessageEndingWith("; expected a folder that can be written");
  }

  private static Process runner(SpoolFolder folder) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            java,
            "-cp",
            System.getProperty("java.class.path"),
            Running.class.getName(),
            folder.path().toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Holds the lock until its input ends. */
  static final class Running {
    private Running() {}

    public static void main(String[] args) throws IOException {
      try (RunnerLock lock =
          RunnerLock.take(SpoolFolder.make(Path.of(args[0])), ProcessHandle.current().pid())) {
        System.out.println(lock == null ? "not running" : "running");
        System.in.readAllBytes();
      }
    }
  }
}
