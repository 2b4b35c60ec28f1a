package io.messagerelay.propagator.spool;

import io.messagerelay.base.DatabaseFile;
import io.messagerelay.base.NewFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a backup of a spool is put back. Nobody runs on it as long as this is open; whoever took it
 * closes it.
 */
public final class SpoolPlace implements AutoCloseable {
  private final DatabaseFile file;
  private final Path aside;
  private final RunnerLock lock;

  private SpoolPlace(DatabaseFile file, Path aside, RunnerLock lock) {
    this.file = file;
    this.aside = aside;
    this.lock = lock;
  }

  /**
   * @param copy what is there now
   * @param aside where that is that was there before; empty when there was nothing
   */
  public record Restored(SpoolCopy copy, Optional<Path> aside) {}

  /**
   * Takes the place, makes its folder where there is none, and changes nothing else.
   *
   * @param aside a spool that is there is moved to this name and a number
   * @param replace whether it may be; otherwise it is refused
   * @param pid of this process
   * @throws SpoolInUseException when a runner has it
   * @throws SpoolBusyException when another process has it open
   * @throws SpoolException when there is a spool that may not be replaced
   */
  public static SpoolPlace take(SpoolFolder folder, Path aside, boolean replace, long pid) {
    RunnerLock lock = RunnerLock.take(SpoolFolder.make(folder.path()), pid);
    try {
      var file = new DatabaseFile(folder.spoolFile());
      if (file.isOpenElsewhere()) {
        throw new SpoolBusyException(
            "the spool %s is in use: another command has it open; try again"
                .formatted(file.path()));
      }
      if (file.isThere() && !replace) {
        throw new SpoolException(
            "the spool %s is there already; --force puts it aside".formatted(file.path()),
            new FileAlreadyExistsException(file.path().toString()));
      }
      return new SpoolPlace(file, aside, lock);
    } catch (IOException e) {
      lock.close();
      throw SpoolFolder.unusable(folder.path(), e);
    } catch (SpoolException e) {
      lock.close();
      throw e;
    }
  }

  /**
   * Puts a copy of the backup here; the backup stays as it is. A crash leaves the spool that was
   * here, or, between two renames, none and that one aside; done again, it goes on.
   *
   * @throws SpoolException when the backup is no spool, is of a newer version or is not sound
   */
  public Restored put(SpoolFolder backup) {
    SpoolCopy.requireReadable(backup.spoolFile());
    try (SpoolFile from = SpoolFile.openBackup(backup.spoolFile());
        NewFile copy = NewFile.beside(file.path())) {
      SpoolCopy made = SpoolCopy.fill(from, copy);
      Optional<Path> before = file.isThere() ? Optional.of(file.putAside(aside)) : Optional.empty();
      copy.finish();
      return new Restored(made, before);
    } catch (IOException e) {
      throw SpoolCopy.cannotWrite(file.path(), e);
    }
  }

  @Override
  public void close() {
    lock.close();
  }
}
