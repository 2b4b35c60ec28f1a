package io.messagerelay.propagator.source.file;

import io.messagerelay.base.FileFaults;
import io.messagerelay.propagator.source.SourceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Which files a person means: files, folders and patterns, as typed. */
final class Inputs {
  private static final Pattern NAMES = Pattern.compile(".+\\.(json|ndjson|jsonl)(\\.gz)?");
  private static final Pattern SIGNS_OF_PATTERN = Pattern.compile("[*?\\[{]");
  private static final int DEEPEST = 64;

  private final Consumer<String> note;

  /**
   * @param note told what is left out, a line each
   */
  Inputs(Consumer<String> note) {
    this.note = note;
  }

  /** The files, those of a folder or pattern in the order of their names; one at least. */
  List<Path> expand(List<String> typed) throws SourceException {
    List<Path> files = new ArrayList<>();
    for (String each : typed) {
      try {
        files.addAll(expand(each));
      } catch (InvalidPathException e) {
        throw new SourceException(each + " is no name of a file");
      } catch (IOException e) {
        throw new SourceException(each + " cannot be read: " + FileFaults.reason(e), e);
      }
    }
    return files;
  }

  private List<Path> expand(String typed) throws IOException, SourceException {
    Path path = Path.of(typed);
    if (Files.isDirectory(path)) {
      return folder(path);
    }
    if (Files.isRegularFile(path)) {
      return List.of(path);
    }
    if (Files.exists(path)) {
      throw new SourceException(
          path + " is a device or a pipe, which cannot be read twice; pipe it in, and type -");
    }
    if (!SIGNS_OF_PATTERN.matcher(typed).find()) {
      throw new SourceException(path + " does not exist");
    }
    return matching(typed);
  }

  private List<Path> folder(Path folder) throws IOException, SourceException {
    List<Path> files = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (Path each : below(folder, 1)) {
      String name = String.valueOf(each.getFileName());
      if (Files.isRegularFile(each) && NAMES.matcher(name).matches()) {
        files.add(each);
      } else {
        others.add(name);
      }
    }
    if (!others.isEmpty()) {
      note.accept("left out of %s: %s".formatted(folder, String.join(", ", others)));
    }
    if (files.isEmpty()) {
      throw new SourceException(
          folder + " has no file named *.json, *.ndjson or *.jsonl, nor one with .gz behind that");
    }
    return files;
  }

  private static List<Path> matching(String pattern) throws IOException, SourceException {
    Path base = fixedPart(pattern);
    PathMatcher matcher = matcher(pattern);
    int depth = pattern.contains("**") ? DEEPEST : Path.of(pattern).getNameCount();
    List<Path> files =
        below(base, depth).stream()
            .filter(each -> matcher.matches(each) && Files.isRegularFile(each))
            .toList();
    if (files.isEmpty()) {
      throw new SourceException("no file matches " + pattern);
    }
    return files;
  }

  private static PathMatcher matcher(String pattern) throws SourceException {
    try {
      return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    } catch (PatternSyntaxException e) {
      throw new SourceException("%s is no pattern: %s".formatted(pattern, e.getDescription()), e);
    }
  }

  /** The folder that holds all that may match. */
  private static Path fixedPart(String pattern) {
    String before = SIGNS_OF_PATTERN.split(pattern, 2)[0];
    return Path.of(before.substring(0, before.lastIndexOf('/') + 1));
  }

  /** What is in the folder, in the order of the names; nothing where there is no folder. */
  private static List<Path> below(Path folder, int depth) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder, depth, FileVisitOption.FOLLOW_LINKS)) {
      return all.filter(each -> !each.equals(folder)).sorted().toList();
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
