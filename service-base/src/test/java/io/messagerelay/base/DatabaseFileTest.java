package io.messagerelay.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A database with what belongs to it. */
@Timeout(60)
final class DatabaseFileTest {
  @TempDir Path folder;
  private DatabaseFile database;

  @BeforeEach
  void name() {
    database = new DatabaseFile(folder.resolve("a.db"));
  }

  private Path write(String name) throws IOException {
    return Files.writeString(folder.resolve(name), "this is " + name);
  }

  @Test
  void a_file_or_a_log_is_something_and_an_empty_file_is_not() throws IOException {
    assertThat(database.isThere()).isFalse();
    Files.createFile(database.path());
    assertThat(database.isThere()).isFalse();
    write("a.db-wal");
    assertThat(database.isThere()).isTrue();
    assertThat(database.hasLog()).isTrue();
    Files.delete(folder.resolve("a.db-wal"));
    write("a.db");
    assertThat(database.isThere()).isTrue();
    assertThat(database.hasLog()).isFalse();
  }

  @Test
  void it_is_put_aside_with_its_log_under_the_first_name_that_is_free() throws IOException {
    for (String name : List.of("a.db", "a.db-wal", "a.db-shm", "a.db.1", "a.db.2-wal")) {
      write(name);
    }

    assertThat(database.putAside(database.path())).isEqualTo(folder.resolve("a.db.3"));

    assertThat(folder.toFile().list())
        .containsExactlyInAnyOrder("a.db.1", "a.db.2-wal", "a.db.3", "a.db.3-wal");
    assertThat(folder.resolve("a.db.3-wal")).hasContent("this is a.db-wal");
  }

  @Test
  void what_a_crash_has_left_half_moved_comes_together_again() throws IOException {
    write("a.db");
    write("a.db.1-wal");

    assertThat(database.putAside(database.path())).isEqualTo(folder.resolve("a.db.1"));
  }

  @Test
  void another_process_that_has_it_open_is_seen() throws Exception {
    assertThat(database.isOpenElsewhere()).isFalse();
    write("a.db");
    assertThat(database.isOpenElsewhere()).isFalse();
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Reader.class.getName(),
                database.path().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out = other.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).isEqualTo("open");
      assertThat(database.isOpenElsewhere()).isTrue();
    } finally {
      other.destroyForcibly().waitFor();
    }
    assertThat(database.isOpenElsewhere()).isFalse();
  }

  /** Holds the lock that SQLite's readers hold, until its input ends. */
  static final class Reader {
    private Reader() {}

    public static void main(String[] args) throws IOException {
      try (FileChannel channel = FileChannel.open(Path.of(args[0]), StandardOpenOption.READ);
          FileLock lock = channel.lock(0x4000_0002L, 510, true)) {
        System.out.println(lock.isValid() ? "open" : "not open");
        System.in.readAllBytes();
      }
    }
  }
}
