package io.messagerelay.system;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The metrics of the tables in {@code docs/operations.md}. */
final class DocumentedMetrics {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(message_relay_\\w+)` \\| (\\w+) \\|([^|]*)\\|");
  private static final Pattern WORD = Pattern.compile("\\w+");
  private static final Pattern OF_A_HISTOGRAM = Pattern.compile("_(bucket|sum|count)$");
  private static final Pattern OF_A_SUMMARY = Pattern.compile("_(sum|count)$");

  private final Map<String, Metric> byName;

  private DocumentedMetrics(Map<String, Metric> byName) {
    this.byName = byName;
  }

  /**
   * @param type as Prometheus calls it
   */
  record Metric(String name, String type, Set<String> labels) {
    private static Metric of(MatchResult row) {
      Set<String> labels =
          WORD.matcher(row.group(3)).results().map(MatchResult::group).collect(Collectors.toSet());
      return new Metric(row.group(1), row.group(2), labels);
    }
  }

  static DocumentedMetrics read() {
    return new DocumentedMetrics(
        ROW.matcher(DeployFiles.text("docs/operations.md"))
            .results()
            .map(Metric::of)
            .collect(
                Collectors.toMap(
                    Metric::name, Function.identity(), (one, same) -> one, TreeMap::new)));
  }

  /** The metric that gives this series; a histogram gives three of them. */
  Optional<Metric> giving(String series) {
    return Stream.of(
            Optional.ofNullable(byName.get(series)),
            part(series, OF_A_HISTOGRAM, "histogram"),
            part(series, OF_A_SUMMARY, "summary"))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<Metric> part(String series, Pattern suffix, String type) {
    return Optional.ofNullable(byName.get(suffix.matcher(series).replaceFirst("")))
        .filter(metric -> metric.type().equals(type));
  }
}
