package io.messagerelay.propagator.source.file;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files beside the followed one, among which those are that had its name before. Looked at only
 * when that name has another file than before, or none.
 */
final class Siblings {
  private static final List<String> COMPRESSED =
      List.of(".gz", ".bz2", ".xz", ".zst", ".lz4", ".zip");

  /**
   * What is put behind a name by rotation: {@code .1}, {@code -20260301}, {@code .2026-03-01T10}.
   */
  private static final Pattern ROTATION = Pattern.compile("[-._][-._:+TZ0-9]*[0-9][-._:+TZ0-9]*");

  /** A file and what it is called now. */
  record Named(FileStamp stamp, Path path) {}

  private final Path path;

  /**
   * @param path of the followed file
   */
  Siblings(Path path) {
    this.path = path.toAbsolutePath();
  }

  /** What has the followed name now. */
  Optional<Named> current() throws IOException {
    return FileStamp.of(path).map(stamp -> new Named(stamp, path));
  }

  /** The file, whatever it is called now; the followed name is tried first. */
  Optional<Named> find(FileStamp wanted) throws IOException {
    Optional<Named> current = current().filter(named -> named.stamp.isSame(wanted));
    return current.isPresent()
        ? current
        : beside(_ -> true, stamp -> stamp.isSame(wanted)).stream().findFirst();
  }

  /**
   * What comes after that file, which has the followed name no more: the oldest of those that had
   * it in between, or what has it now. Those in between were made in between, and are called as
   * rotation calls them; where no creation times are kept, none of them is known.
   */
  Optional<Named> after(FileStamp old) throws IOException {
    Optional<Named> current = current();
    Instant from = old.created();
    Instant to = current.isPresent() ? current.get().stamp.created() : Instant.MAX;
    if (from == null || to == null) {
      return current;
    }
    return beside(
            this::isRotated, stamp -> isWithin(from, stamp.created(), to) && !stamp.isSame(old))
        .stream()
        .min(Comparator.comparing(named -> String.valueOf(named.stamp.created())))
        .or(() -> current);
  }

  /** What was compressed of those that had the followed name, by name. */
  List<String> compressed() throws IOException {
    return beside(this::isCompressed, _ -> true).stream()
        .map(named -> String.valueOf(named.path.getFileName()))
        .sorted()
        .toList();
  }

  private boolean isRotated(String name) {
    return name.startsWith(name()) && ROTATION.matcher(name.substring(name().length())).matches();
  }

  private boolean isCompressed(String name) {
    return name.startsWith(name()) && COMPRESSED.stream().anyMatch(name::endsWith);
  }

  private String name() {
    return String.valueOf(path.getFileName());
  }

  private static boolean isWithin(Instant from, @Nullable Instant time, Instant to) {
    return time != null && !time.isBefore(from) && !time.isAfter(to);
  }

  /** Those that fit; the others are looked at one by one. */
  private List<Named> beside(Predicate<String> name, Predicate<FileStamp> stamp)
      throws IOException {
    var fitting = new ArrayList<Named>();
    Path folder = path.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return fitting;
    }
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder, file -> name.test(String.valueOf(file.getFileName())))) {
      for (Path file : files) {
        if (Files.isRegularFile(file)) {
          FileStamp.of(file).filter(stamp).ifPresent(fits -> fitting.add(new Named(fits, file)));
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return fitting;
  }
}
