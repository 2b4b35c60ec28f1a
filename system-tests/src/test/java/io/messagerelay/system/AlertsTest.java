package io.messagerelay.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The alerts for Prometheus, and what is written about them. Whether each fires when it should is
 * shown by {@code .ci/deploy}, which has Prometheus' own tool.
 */
final class AlertsTest {
  private static final String RUN_BOOK = "docs/run-book.md";

  private static final List<JsonNode> ALERTS = DeployFiles.alerts();
  private static final DocumentedMetrics METRICS = DocumentedMetrics.read();

  /** What Prometheus adds, and what a histogram has. */
  private static final Set<String> LABELS_OF_ALL = Set.of("job", "instance", "le");

  static List<JsonNode> alerts() {
    return ALERTS;
  }

  static List<Query> queries() {
    return DeployFiles.queries();
  }

  private static List<String> names() {
    return ALERTS.stream().map(AlertsTest::name).toList();
  }

  private static String name(JsonNode alert) {
    return alert.get("alert").asText();
  }

  @ParameterizedTest
  @MethodSource("alerts")
  void an_alert_says_how_long_how_bad_what_and_where_to_read_on(JsonNode alert) {
    assertThat(alert.get("for").asText()).matches("[1-9]\\d*m");
    assertThat(alert.at("/labels/severity").asText()).isIn("critical", "warning");
    assertThat(alert.at("/annotations/summary").asText()).contains("{{ $labels.");
    assertThat(alert.at("/annotations/description").asText()).endsWith(".");
    assertThat(alert.at("/annotations/runbook_url").asText())
        .isEqualTo(RUN_BOOK + "#" + name(alert).toLowerCase(Locale.ROOT));
  }

  @Test
  void the_run_book_has_a_heading_for_each_alert() {
    assertThat(DeployFiles.text(RUN_BOOK).lines().map(line -> line.replaceFirst("^#+ +`?", "")))
        .map(line -> line.replaceFirst("`$", ""))
        .containsAll(names());
  }

  @Test
  void each_alert_has_a_trial_in_which_it_fires_and_one_in_which_it_does_not() {
    assertThat(
            DeployFiles.each(DeployFiles.yaml("deploy/prometheus/alerts-test.yml").get("tests"))
                .map(test -> test.get("name").asText()))
        .containsExactlyElementsOf(
            names().stream()
                .flatMap(name -> List.of(name + " fires", name + " stays quiet").stream())
                .toList());
  }

  @Test
  void docs_deploying_has_a_row_for_each_alert() {
    Pattern row =
        Pattern.compile("(?m)^\\| `(MessageRelay\\w+)` \\| .* \\| (\\w+) \\| (\\w+) \\|$");
    assertThat(row.matcher(DeployFiles.text("docs/deploying.md")).results())
        .extracting(found -> List.of(found.group(1), found.group(2), found.group(3)))
        .containsExactlyElementsOf(
            ALERTS.stream()
                .map(
                    alert ->
                        List.of(
                            name(alert),
                            alert.get("for").asText(),
                            alert.at("/labels/severity").asText()))
                .toList());
  }

  @ParameterizedTest
  @MethodSource("queries")
  void what_alerts_and_dashboard_ask_for_is_documented(Query query) {
    Set<String> ours = ours(query);
    Set<String> labels =
        ours.stream()
            .flatMap(series -> METRICS.giving(series).stream())
            .flatMap(metric -> metric.labels().stream())
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(ours).allSatisfy(series -> assertThat(METRICS.giving(series)).isPresent());
    if (!ours.isEmpty()) {
      labels.addAll(LABELS_OF_ALL);
      assertThat(query.labels()).isSubsetOf(labels);
    }
  }

  private static Set<String> ours(Query query) {
    return query.series().stream()
        .filter(series -> series.startsWith("message_relay_"))
        .collect(Collectors.toSet());
  }

  @Test
  void both_services_are_asked_under_the_names_that_alerts_and_dashboard_know() {
    Set<String> jobs =
        DeployFiles.each(DeployFiles.yaml("deploy/prometheus/prometheus.yml").get("scrape_configs"))
            .map(job -> job.get("job_name").asText())
            .collect(Collectors.toSet());
    Set<String> known =
        Pattern.compile("job=~?\"([^\"]*)\"")
            .matcher(DeployFiles.text(DeployFiles.ALERTS))
            .results()
            .map((MatchResult selector) -> selector.group(1))
            .flatMap(names -> List.of(names.split("\\|")).stream())
            .collect(Collectors.toSet());

    assertThat(known).isEqualTo(jobs).containsOnly("event-consumer", "event-propagator");
  }
}
