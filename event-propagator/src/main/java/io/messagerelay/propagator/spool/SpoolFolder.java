package io.messagerelay.propagator.spool;

import static java.nio.file.attribute.PosixFilePermissions.asFileAttribute;
import static java.nio.file.attribute.PosixFilePermissions.fromString;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;

/** Where a runner keeps its spool and says that it is alive; all of it for its owner alone. */
public record SpoolFolder(Path path) {

  /**
   * The folder, made for its owner alone where there is none; an existing one keeps its
   * permissions.
   *
   * @throws SpoolException when it cannot be made or written
   */
  public static SpoolFolder make(Path path) {
    try {
      Files.createDirectories(path, asFileAttribute(fromString("rwx------")));
      return new SpoolFolder(path);
    } catch (IOException e) {
      throw unusable(path, e);
    }
  }

  public Path spoolFile() {
    return path.resolve("spool.db");
  }

  /**
   * The books of the spool in it, beside its runner too; empty where there is none yet.
   *
   * @throws SpoolException when the file cannot be read, is no spool or is of a newer version
   */
  public Optional<Books> books() {
    if (Files.notExists(spoolFile())) {
      return Optional.empty();
    }
    try (SpoolFile file = SpoolFile.openToRead(spoolFile())) {
      return Optional.of(file.read(SqliteSpool.BOOKS, SpoolRows::books));
    }
  }

  public Path heartbeatFile() {
    return path.resolve("heartbeat");
  }

  Path lockFile() {
    return path.resolve("runner.lock");
  }

  /** What a file is made with: readable and writable by its owner alone. */
  static FileAttribute<Set<PosixFilePermission>> forOwner() {
    return asFileAttribute(fromString("rw-------"));
  }

  static SpoolException unusable(Path path, IOException cause) {
    return new SpoolException(
        "SPOOL_DIR: %s cannot be used: %s; expected a folder that can be written"
            .formatted(path, reason(cause)),
        cause);
  }

  private static String reason(IOException cause) {
    return switch (cause) {
      case FileAlreadyExistsException _ -> "it is a file";
      case AccessDeniedException _ -> "permission denied";
      default -> cause.toString();
    };
  }
}
