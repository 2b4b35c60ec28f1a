package io.messagerelay.base;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * A SQLite database as files: its own, and its log, which belongs to it. One without the other is
 * another database or none (https://sqlite.org/howtocorrupt.html, 1.4).
 */
public record DatabaseFile(Path path) {
  /** The logs of both kinds, and the index of the first, which is made anew where it is missing. */
  private static final List<String> LOGS = List.of("-wal", "-journal");

  private static final String INDEX = "-shm";

  /**
   * Whoever has the database open in WAL mode keeps a lock on some of these bytes
   * (https://sqlite.org/lockingv3.html, 5.0 and https://sqlite.org/wal.html).
   */
  private static final long LOCK_BYTE = 0x4000_0000L;

  private static final int LOCK_BYTES = 512;

  /** Whether there is anything of it. A file of no bytes is a database that was never begun. */
  public boolean isThere() {
    return path.toFile().length() > 0
        || LOGS.stream().anyMatch(log -> sibling(log).toFile().length() > 0);
  }

  /** Whether somebody has it open, or was killed while he had. */
  public boolean hasLog() {
    return LOGS.stream().anyMatch(log -> Files.exists(sibling(log)));
  }

  /**
   * Whether another process has it open. Says nothing of this process, which must not have it open:
   * its locks would be gone afterwards, as POSIX has it.
   *
   * @throws IOException when the file cannot be opened to be written
   */
  public boolean isOpenElsewhere() throws IOException {
    try (FileChannel channel = FileChannel.open(path, READ, WRITE);
        FileLock lock = channel.tryLock(LOCK_BYTE, LOCK_BYTES, false)) {
      return lock == null;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /**
   * Moves it with its log to {@code base} and the first number that is free: {@code store.db.1}.
   * For nobody else to use meanwhile. A crash in between has moved the log alone; called again, it
   * moves the rest to the same name.
   */
  public Path putAside(Path base) throws IOException {
    var aside = new DatabaseFile(free(base));
    for (String log : LOGS) {
      if (Files.exists(sibling(log))) {
        Files.move(sibling(log), aside.sibling(log));
      }
    }
    Files.deleteIfExists(sibling(INDEX));
    if (Files.exists(path)) {
      Files.move(path, aside.path);
    }
    return aside.path;
  }

  private Path free(Path base) {
    for (int number = 1; ; number++) {
      var aside = new DatabaseFile(base.resolveSibling(base.getFileName() + "." + number));
      boolean logsFree =
          LOGS.stream()
              .noneMatch(log -> Files.exists(sibling(log)) && Files.exists(aside.sibling(log)));
      if (Files.notExists(aside.path) && logsFree) {
        return aside.path;
      }
    }
  }

  private Path sibling(String ending) {
    return path.resolveSibling(path.getFileName() + ending);
  }
}
