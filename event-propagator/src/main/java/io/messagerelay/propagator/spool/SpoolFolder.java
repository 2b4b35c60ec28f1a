package io.messagerelay.propagator.spool;

import static java.nio.file.attribute.PosixFilePermissions.asFileAttribute;
import static java.nio.file.attribute.PosixFilePermissions.fromString;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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
   * Every folder that has a spool: this path and those directly below it. Makes nothing.
   *
   * @throws SpoolException when it cannot be looked at
   */
  public static List<SpoolFolder> all(Path path) {
    try (Stream<Path> below = Files.list(path)) {
      return Stream.concat(Stream.of(path), below.filter(Files::isDirectory).sorted())
          .map(SpoolFolder::new)
          .filter(folder -> Files.exists(folder.spoolFile()))
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /**
   * What the spool in it holds, beside its runner too; empty where there is none yet. Changes and
   * makes nothing.
   *
   * @throws SpoolException when the file cannot be read, is no spool or is of a newer version
   */
  public Optional<SpoolStatus> status() {
    try {
      if (Files.size(spoolFile()) == 0) {
        return Optional.empty();
      }
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw unreadable(spoolFile(), e);
    }
    try (SpoolFile file = SpoolFile.openToRead(spoolFile())) {
      return Optional.of(SpoolStatus.read(file));
    }
  }

  /** Who runs on it; for another process than the runner's. */
  public Optional<Runner> runner() {
    return RunnerLock.look(this);
  }

  /** When a runner made its last step, to the second; empty when none ever did. */
  public Optional<Instant> lastBeat() {
    try {
      return Optional.of(Files.getLastModifiedTime(heartbeatFile()).toInstant());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw unreadable(heartbeatFile(), e);
    }
  }

  /** What delivery failed of last; empty when it never did. */
  public Optional<LastError> lastError() {
    return ErrorFile.read(lastErrorFile());
  }

  public Path lastErrorFile() {
    return path.resolve("last-error.json");
  }

  /** At what pace the runner delivers; empty when nobody runs, or it has not begun yet. */
  public Optional<Pacing> pacing() {
    return runner().flatMap(_ -> PaceFile.read(paceFile()));
  }

  public Path paceFile() {
    return path.resolve("pace.json");
  }

  /** What a person has left for its runner about the log. */
  public LogNote logNote() {
    return logFile().read();
  }

  /**
   * Leaves word for its runner, or takes it back where it is empty. There must be a spool.
   *
   * @throws SpoolException when it cannot be written, or another user owns the spool, so that the
   *     runner could not read it
   */
  public void wantLog(Optional<WantedLog> log) {
    try {
      if (log.isPresent()) {
        logFile().write(log.get(), spoolFile());
      } else {
        logFile().remove();
      }
    } catch (IOException e) {
      throw unusable(path, e);
    }
  }

  private LogNoteFile logFile() {
    return new LogNoteFile(path.resolve("log-level.json"));
  }

  public Path heartbeatFile() {
    return path.resolve("heartbeat");
  }

  /**
   * Moves the folder beside itself, to its name with the first number that is free. For its runner,
   * or when nobody runs on it.
   */
  public SpoolFolder putAside() {
    for (int number = 1; ; number++) {
      Path aside = path.resolveSibling(path.getFileName() + "." + number);
      if (!Files.exists(aside)) {
        try {
          return new SpoolFolder(Files.move(path, aside));
        } catch (IOException e) {
          throw unusable(path, e);
        }
      }
    }
  }

  /** Removes the folder and what is in it. For its runner, or when nobody runs on it. */
  public void remove() {
    try (Stream<Path> below = Files.list(path)) {
      for (Path file : below.toList()) {
        Files.delete(file);
      }
      Files.delete(path);
    } catch (IOException e) {
      throw unusable(path, e);
    }
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

  static SpoolException unreadable(Path path, IOException cause) {
    return new SpoolException(
        "SPOOL_DIR: %s cannot be read: %s".formatted(path, reason(cause)), cause);
  }

  static String reason(IOException cause) {
    return switch (cause) {
      case FileAlreadyExistsException _ -> "it is a file";
      case AccessDeniedException _ -> "permission denied";
      default -> cause.toString();
    };
  }
}
