package io.messagerelay.base;

import static java.nio.file.attribute.PosixFilePermissions.asFileAttribute;
import static java.nio.file.attribute.PosixFilePermissions.fromString;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file or folder that is made under another name, which ends in {@code .part}, and has its own
 * when it is whole and on disk. For its owner alone. Closing removes what was not finished; a crash
 * leaves the part, and nothing under the name.
 */
public final class NewFile implements AutoCloseable {
  private static final String PART = ".part";

  private final Path file;
  private final Path part;
  private final boolean replaces;

  private NewFile(Path file, Path part, boolean replaces) {
    this.file = file;
    this.part = part;
    this.replaces = replaces;
  }

  /**
   * An empty file.
   *
   * @throws FileAlreadyExistsException where something has the name
   */
  public static NewFile make(Path file) throws IOException {
    requireFree(file);
    return beside(file);
  }

  /** An empty file, whose name is to be free when it is finished. */
  public static NewFile beside(Path file) throws IOException {
    return new NewFile(file, emptyPart(file), false);
  }

  /** An empty file, which takes the place of one that has the name. */
  public static NewFile replacing(Path file) throws IOException {
    return new NewFile(file, emptyPart(file), true);
  }

  private static Path emptyPart(Path file) throws IOException {
    Path part =
        Files.createTempFile(
            folderOf(file),
            file.getFileName() + ".",
            PART,
            asFileAttribute(fromString("rw-------")));
    // A process that is asked to end closes nothing.
    part.toFile().deleteOnExit();
    return part;
  }

  /**
   * An empty folder.
   *
   * @throws FileAlreadyExistsException where something has the name
   */
  public static NewFile makeFolder(Path folder) throws IOException {
    requireFree(folder);
    Path part =
        Files.createTempDirectory(
            folderOf(folder), folder.getFileName() + ".", asFileAttribute(fromString("rwx------")));
    return new NewFile(folder, part, false);
  }

  private static void requireFree(Path file) throws FileAlreadyExistsException {
    if (Files.exists(file)) {
      throw new FileAlreadyExistsException(file.toString());
    }
  }

  private static Path folderOf(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IllegalArgumentException("no name for a file: " + file);
    }
    return folder;
  }

  /** Where to write it. */
  public Path part() {
    return part;
  }

  /**
   * Flushes it and gives it its name, unless it replaces over an empty file at most. A folder's
   * files are to be finished before.
   *
   * @throws FileAlreadyExistsException where something has got the name meanwhile
   */
  public void finish() throws IOException {
    flush(part);
    if (!replaces && file.toFile().length() > 0) {
      throw new FileAlreadyExistsException(file.toString());
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    flush(folderOf(file));
  }

  /** So that names in it are on disk, too, where it is a folder. */
  private static void flush(Path path) throws IOException {
    var option = Files.isDirectory(path) ? StandardOpenOption.READ : StandardOpenOption.WRITE;
    try (FileChannel channel = FileChannel.open(path, option)) {
      channel.force(true);
    }
  }

  @Override
  public void close() throws IOException {
    remove(part);
  }

  private static void remove(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      try (var below = Files.list(path)) {
        for (Path each : below.toList()) {
          remove(each);
        }
      }
    }
    Files.deleteIfExists(path);
  }
}
