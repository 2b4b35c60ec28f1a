package io.messagerelay.base;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A {@code .env} file, read as Compose reads it (docs.docker.com, "Syntax for environment files").
 * What Compose, a shell and python-dotenv would take differently is refused rather than guessed; no
 * problem shows a value.
 *
 * @param entries by name, in the file's order
 * @param problems one line each, with the line's number
 */
record DotEnv(Map<String, Entry> entries, List<String> problems) {

  /**
   * What the file says of a name.
   *
   * @param refused the value could not be read, and a problem says so
   * @param where {@code .env line 12}
   */
  record Entry(String value, boolean refused, String where) {}

  DotEnv {
    entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    problems = List.copyOf(problems);
  }

  /** Reads the file; a missing one is empty, one that cannot be read is a problem. */
  static DotEnv read(Path file) {
    try {
      return parse(String.valueOf(file.getFileName()), Files.readString(file));
    } catch (NoSuchFileException noFile) {
      return new DotEnv(Map.of(), List.of());
    } catch (CharacterCodingException notText) {
      return new DotEnv(Map.of(), List.of(file + ": is not UTF-8 text"));
    } catch (IOException unreadable) {
      String why = FileFaults.reason(unreadable);
      return new DotEnv(Map.of(), List.of(file + ": cannot be read: " + why));
    }
  }

  private static DotEnv parse(String fileName, String text) {
    var entries = new LinkedHashMap<String, Entry>();
    var problems = new ArrayList<String>();
    String[] lines = text.replaceFirst("^\uFEFF", "").split("\r?\n", -1);
    for (int i = 0; i < lines.length; i++) {
      String where = fileName + " line " + (i + 1);
      switch (DotEnvLine.parse(lines[i])) {
        case DotEnvLine.Blank() -> {}
        case DotEnvLine.Malformed(var why) -> problems.add(where + ": " + why);
        case DotEnvLine.Refused(var name, var why) -> {
          problems.add("%s: %s (%s)".formatted(name, why, where));
          entries.put(name, new Entry("", true, where));
        }
        case DotEnvLine.Assigned(var name, var value) -> {
          Entry first = entries.putIfAbsent(name, new Entry(value, false, where));
          if (first != null && !first.refused() && !first.value().equals(value)) {
            problems.add(twice(name, first.where(), where));
            entries.put(name, new Entry("", true, where));
          }
        }
      }
    }
    return new DotEnv(entries, problems);
  }

  private static String twice(String name, String first, String second) {
    return "%s: given twice with different values; keep one (%s and %s)"
        .formatted(name, first, second);
  }
}
