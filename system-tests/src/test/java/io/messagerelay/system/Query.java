package io.messagerelay.system;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An expression of Prometheus' language, as far as alerts and dashboard use it. */
record Query(String text) {
  private static final Pattern STRING = Pattern.compile("\"[^\"]*\"");
  private static final Pattern SELECTOR = Pattern.compile("\\{([^}]*)}");
  private static final Pattern RANGE = Pattern.compile("\\[[^]]*]");
  private static final Pattern GROUPING =
      Pattern.compile("\\b(?:by|without|on|ignoring|group_left|group_right) *\\(([^)]*)\\)");
  private static final Pattern NAME = Pattern.compile("(?<![\\w.])[a-zA-Z_:][\\w:]*(?! *\\()\\b");
  private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "bool", "offset");

  /** The series that it reads, as Prometheus knows them. */
  Set<String> series() {
    String rest = without(without(without(without(text, STRING), SELECTOR), RANGE), GROUPING);
    return names(Stream.of(rest)).filter(name -> !OPERATORS.contains(name)).collect(sorted());
  }

  /** The labels that it selects or groups by. */
  Set<String> labels() {
    String bare = without(text, STRING);
    return names(Stream.of(SELECTOR, GROUPING).flatMap(part -> groups(part, bare)))
        .collect(sorted());
  }

  private static Stream<String> groups(Pattern part, String from) {
    return part.matcher(from).results().map(found -> found.group(1));
  }

  private static Stream<String> names(Stream<String> texts) {
    return texts.flatMap(each -> NAME.matcher(each).results()).map(MatchResult::group);
  }

  private static String without(String from, Pattern part) {
    return part.matcher(from).replaceAll(" ");
  }

  private static Collector<String, ?, Set<String>> sorted() {
    return Collectors.toCollection(TreeSet::new);
  }
}
