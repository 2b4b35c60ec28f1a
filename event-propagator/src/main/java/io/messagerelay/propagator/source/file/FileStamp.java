package io.messagerelay.propagator.source.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which file it is, whatever it is called.
 *
 * @param key device and inode, as {@link BasicFileAttributes#fileKey} writes them
 * @param created {@code null} where the file system does not keep it
 */
record FileStamp(String key, @Nullable Instant created) {

  /**
   * Of the file that has this name now; empty when there is none.
   *
   * @throws IOException also when it is not a regular file
   */
  static Optional<FileStamp> of(Path path) throws IOException {
    try {
      var file = Files.readAttributes(path, BasicFileAttributes.class);
      if (!file.isRegularFile()) {
        throw new IOException("it is a folder, a device or a pipe; expected a file");
      }
      if (file.fileKey() == null) {
        throw new IOException("its file system gives files no keys");
      }
      return Optional.of(new FileStamp(file.fileKey().toString(), created(path, file)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /**
   * Where no creation time is kept, the JDK gives the time of the last change for it, which would
   * make another file of this one with each line. The two differ for a file that was written to
   * after it was made, and for a folder in which one was made.
   */
  private static @Nullable Instant created(Path path, BasicFileAttributes file) throws IOException {
    return isKept(file) || isKept(Files.readAttributes(folder(path), BasicFileAttributes.class))
        ? file.creationTime().toInstant()
        : null;
  }

  private static boolean isKept(BasicFileAttributes attributes) {
    return !attributes.creationTime().equals(attributes.lastModifiedTime());
  }

  private static Path folder(Path path) throws IOException {
    Path folder = path.toRealPath().getParent();
    return folder == null ? path : folder;
  }

  /**
   * Whether both are one file. The numbers of network, mapped and removable disks may change with a
   * restart of the machine, so the device decides only where there is no creation time.
   */
  boolean isSame(FileStamp other) {
    if (created == null || other.created == null) {
      return key.equals(other.key);
    }
    return created.equals(other.created) && inode().equals(other.inode());
  }

  private String inode() {
    return key.substring(key.indexOf(',') + 1);
  }
}
