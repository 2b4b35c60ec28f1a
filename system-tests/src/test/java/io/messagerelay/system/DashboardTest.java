package io.messagerelay.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The dashboard for Grafana. */
final class DashboardTest {
  private static final JsonNode DASHBOARD = DeployFiles.json(DeployFiles.DASHBOARD);

  @Test
  void has_the_rows_that_an_operator_looks_for() {
    assertThat(
            DeployFiles.each(DASHBOARD.get("panels"))
                .filter(panel -> panel.get("type").asText().equals("row"))
                .map(row -> row.get("title").asText()))
        .containsExactly(
            "Overview",
            "Delivery",
            "Intake and commit",
            "Queue",
            "Store and spool",
            "Limits",
            "JVM");
  }

  @Test
  void panels_have_ids_of_their_own_and_lie_side_by_side() {
    List<JsonNode> all = DeployFiles.each(DASHBOARD.get("panels")).toList();

    assertThat(all).extracting(panel -> panel.get("id").asInt()).doesNotHaveDuplicates();
    for (JsonNode one : all) {
      assertThat(edge(one, "x", "w")).isLessThanOrEqualTo(24);
      assertThat(all).filteredOn(other -> !other.equals(one) && overlap(one, other)).isEmpty();
    }
  }

  private static boolean overlap(JsonNode one, JsonNode other) {
    return isBefore(one, other, "x", "w") && isBefore(one, other, "y", "h");
  }

  /** Each begins before the other one ends. */
  private static boolean isBefore(JsonNode one, JsonNode other, String at, String size) {
    return begin(one, at) < edge(other, at, size) && begin(other, at) < edge(one, at, size);
  }

  private static int begin(JsonNode panel, String at) {
    return panel.at("/gridPos/" + at).asInt();
  }

  private static int edge(JsonNode panel, String at, String size) {
    return begin(panel, at) + begin(panel, size);
  }

  @Test
  void every_panel_says_what_it_shows() {
    assertThat(DeployFiles.panels())
        .isNotEmpty()
        .allSatisfy(panel -> assertThat(panel.get("title").asText()).isNotBlank())
        .allSatisfy(panel -> assertThat(panel.get("description").asText()).endsWith("."));
  }

  @Test
  void data_source_and_services_are_chosen_by_who_looks() {
    assertThat(DASHBOARD.findValuesAsText("uid"))
        .containsOnly("message-relay", "${datasource}")
        .hasSizeGreaterThan(DeployFiles.panels().size());
    assertThat(DeployFiles.each(DASHBOARD.at("/templating/list")))
        .extracting(variable -> variable.get("name").asText())
        .containsExactly("datasource", "consumer", "propagator");
    assertThat(DASHBOARD.findValuesAsText("expr"))
        .allSatisfy(
            query -> assertThat(query).containsPattern("instance=~\"\\$(consumer|propagator)"));
  }

  @Test
  void times_of_events_and_requests_are_shown_as_percentiles_of_histograms() {
    for (String time : List.of("accept_to_commit", "take_to_stored", "request")) {
      String buckets = "message_relay_" + time + "_seconds_bucket";
      for (String quantile : List.of("0.5", "0.99")) {
        assertThat(DASHBOARD.findValuesAsText("expr"))
            .anyMatch(
                query ->
                    query.startsWith("histogram_quantile(" + quantile + ", sum by (instance, le)")
                        && query.contains(buckets));
      }
    }
  }
}
