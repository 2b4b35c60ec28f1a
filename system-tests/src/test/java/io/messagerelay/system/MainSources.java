package io.messagerelay.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The texts that the services and their commands may say, read from their sources: string literals
 * of Java, joined where one is added to another, and the lines of the scripts in {@code bin/}. What
 * differs from time to time is a {@link #GAP}.
 *
 * @param files text of each source by the name of its class or script
 */
record MainSources(Map<String, String> files) {
  static final String GAP = "…";

  private static final List<String> MODULES =
      List.of("event-contract", "service-base", "event-propagator", "event-consumer");
  private static final String LITERAL = "\"[^\"\\\\\n]*+(?:\\\\.[^\"\\\\\n]*+)*+\"";
  private static final Pattern JOINED =
      Pattern.compile(LITERAL + "(?:\\s*\\+\\s*" + LITERAL + ")*");
  private static final Pattern EACH = Pattern.compile(LITERAL);
  private static final Pattern COMMENT =
      Pattern.compile("(?m)^\\s*(?://|\\*|/\\*).*$"); // our comments begin their line
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\{}|%(?:\\d\\$)?[,.0-9]*[sdnx]|\\$[A-Za-z]+");
  private static final Pattern LOGGED =
      Pattern.compile("\\bLOG\\.(?:error|warn)\\(\\s*(" + JOINED.pattern() + ")");

  static MainSources read() {
    Map<String, String> files = new TreeMap<>();
    for (String module : MODULES) {
      add(files, Checkout.find().file(module).resolve("src/main/java"), ".java");
    }
    add(files, Checkout.find().file("bin"), "");
    return new MainSources(files);
  }

  private static void add(Map<String, String> files, Path folder, String end) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(end)) {
          files.put(
              folder.relativize(file).toString(),
              COMMENT.matcher(Files.readString(file)).replaceAll(""));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every text, with gaps. */
  List<String> texts() {
    List<String> texts = new ArrayList<>();
    files.values().forEach(file -> found(JOINED, file).forEach(at -> texts.add(text(at.group()))));
    return texts;
  }

  /**
   * What is logged as a warning or an error, with gaps.
   *
   * @return the texts by the file that says them
   */
  Map<String, List<String>> logged() {
    Map<String, List<String>> logged = new TreeMap<>();
    files.forEach(
        (name, file) ->
            found(LOGGED, file)
                .forEach(
                    at ->
                        logged
                            .computeIfAbsent(name, _ -> new ArrayList<>())
                            .add(text(at.group(1)))));
    return logged;
  }

  private static Stream<MatchResult> found(Pattern pattern, String text) {
    return pattern.matcher(text).results();
  }

  private static String text(String joined) {
    var text = new StringBuilder();
    Matcher each = EACH.matcher(joined);
    while (each.find()) {
      text.append(each.group(), 1, each.group().length() - 1);
    }
    String said = text.toString().replace("\\\"", "\"").replace("\\n", "\n").replace("\\\\", "\\");
    return PLACEHOLDER.matcher(said).replaceAll(GAP);
  }
}
