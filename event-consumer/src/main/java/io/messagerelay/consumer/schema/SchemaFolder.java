package io.messagerelay.consumer.schema;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder with schemas: every file below it whose name ends with {@code .json}, except what begins
 * with a dot. Blocks on the disk.
 */
final class SchemaFolder {
  static final int MOST_FILES = 1_000;
  static final int LARGEST_FILE = 1024 * 1024;
  private static final int DEEPEST = 8;

  private final Path folder;

  SchemaFolder(Path folder) {
    this.folder = folder;
  }

  /** What can be seen of a file without reading it. */
  private record Stamp(Path file, long bytes, FileTime changed, @Nullable Object key) {}

  /** How a folder looks; another one when a file has changed. */
  record Look(List<?> stamps, String failure) {}

  Look look() {
    try {
      List<Stamp> stamps = new ArrayList<>();
      for (Path file : files()) {
        BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
        stamps.add(new Stamp(file, seen.size(), seen.lastModifiedTime(), seen.fileKey()));
      }
      return new Look(List.copyOf(stamps), "");
    } catch (IOException | UncheckedIOException e) {
      return new Look(List.of(), e.toString());
    }
  }

  /**
   * The contents by the names below the folder, with slashes.
   *
   * @param faults takes what could not be read
   */
  SortedMap<String, byte[]> read(List<SchemaFault> faults) {
    SortedMap<String, byte[]> contents = new TreeMap<>();
    try {
      List<Path> files = files();
      if (files.size() > MOST_FILES) {
        faults.add(fault("has more than 1,000 schemas"));
        return contents;
      }
      for (Path file : files) {
        read(file, contents, faults);
      }
    } catch (IOException | UncheckedIOException e) {
      faults.add(fault("cannot be read (" + e + ")"));
    }
    return contents;
  }

  private static SchemaFault fault(String reason) {
    return new SchemaFault("", 0, "the folder " + reason);
  }

  private void read(Path file, SortedMap<String, byte[]> contents, List<SchemaFault> faults)
      throws IOException {
    String name = name(file);
    if (Files.size(file) > LARGEST_FILE) {
      faults.add(new SchemaFault(name, 0, "a schema has at most 1 MiB"));
    } else {
      contents.put(name, Files.readAllBytes(file));
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder, DEEPEST, FileVisitOption.FOLLOW_LINKS)) {
      return all.filter(file -> name(file).endsWith(".json") && !isHidden(file))
          .filter(Files::isRegularFile)
          .sorted()
          .limit(MOST_FILES + 1L)
          .toList();
    }
  }

  private boolean isHidden(Path file) {
    return Stream.of(name(file).split("/")).anyMatch(part -> part.startsWith("."));
  }

  private String name(Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }
}
