package io.messagerelay.system;

import static io.messagerelay.system.DeployFiles.each;
import static io.messagerelay.system.DeployFiles.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.messagerelay.base.KnownNames;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code deploy/compose.observe.yml} against what it is about. */
final class ObserveFileTest {
  private static final String FILE = "deploy/compose.observe.yml";
  private static final JsonNode SERVICES = DeployFiles.yaml(FILE).get("services");
  private static final JsonNode OVERRIDDEN = DeployFiles.yaml("docker-compose.yml").get("services");

  @Test
  void adds_two_services_and_changes_one() {
    assertThat(SERVICES.fieldNames())
        .toIterable()
        .containsExactly("event-propagator", "prometheus", "grafana");
    assertThat(OVERRIDDEN.has("event-propagator")).isTrue();
    assertThat(SERVICES.get("event-propagator").fieldNames())
        .toIterable()
        .containsExactly("environment");
  }

  @ParameterizedTest
  @ValueSource(strings = {"prometheus", "grafana"})
  void an_observer_is_an_official_image_of_one_version_that_may_do_little(String name) {
    JsonNode service = SERVICES.get(name);
    assertThat(service.get("image").asText())
        .matches("(prom/prometheus:v|grafana/grafana:)\\d+\\.\\d+\\.\\d+");
    assertThat(service.get("read_only").asBoolean()).isTrue();
    assertThat(texts(service.get("cap_drop"))).containsExactly("ALL");
    assertThat(texts(service.get("security_opt"))).containsExactly("no-new-privileges:true");
    assertThat(service.has("mem_limit")).isTrue();
    assertThat(texts(service.get("ports")))
        .singleElement()
        .matches(port -> port.startsWith("127.0.0.1:"), "is for this machine alone");
  }

  @Test
  void the_files_that_are_mounted_are_there_and_cannot_be_written() {
    List<String> mounted =
        each(SERVICES)
            .flatMap(service -> each(service.path("volumes")))
            .map(JsonNode::asText)
            .filter(volume -> volume.startsWith("./"))
            .toList();

    assertThat(mounted).hasSize(3).allMatch(volume -> volume.endsWith(":ro"));
    assertThat(mounted)
        .allSatisfy(
            volume ->
                assertThat(Checkout.find().file(volume.substring(2, volume.indexOf(':'))))
                    .exists());
  }

  @Test
  void a_password_has_to_be_chosen() {
    String environment = SERVICES.get("grafana").get("environment").toString();
    assertThat(environment).contains("GF_SECURITY_ADMIN_PASSWORD=${GRAFANA_PASSWORD:?choose ");
    assertThat(environment).doesNotContain("GRAFANA_PASSWORD:-");
  }

  @Test
  void every_name_that_is_asked_for_may_stand_in_a_shared_env_file() {
    Set<String> names =
        Stream.concat(
                found("\\$\\{(\\w+)", DeployFiles.text(FILE)),
                environment("event-propagator").keySet().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    names.add("COMPOSE_FILE");

    assertThat(names).contains("GRAFANA_PASSWORD", "MANAGEMENT_PORT");
    assertThat(KnownNames.all()).containsAll(names);
  }

  @Test
  void prometheus_asks_both_services_where_they_answer() {
    Map<String, String> asked =
        each(DeployFiles.yaml("deploy/prometheus/prometheus.yml").get("scrape_configs"))
            .collect(
                Collectors.toMap(
                    job -> job.get("job_name").asText(),
                    job -> job.at("/static_configs/0/targets/0").asText()));

    assertThat(texts(OVERRIDDEN.get("event-consumer").get("ports")))
        .singleElement()
        .matches(port -> port.endsWith(":8000"), "is the port inside");
    assertThat(asked)
        .isEqualTo(
            Map.of(
                "event-consumer",
                "event-consumer:8000",
                "event-propagator",
                "event-propagator:" + environment("event-propagator").get("MANAGEMENT_PORT")));
  }

  @Test
  void grafana_finds_prometheus_and_the_dashboard() {
    String provisioning = "deploy/grafana/provisioning/";
    URI source =
        URI.create(
            DeployFiles.yaml(provisioning + "datasources/prometheus.yml")
                .at("/datasources/0/url")
                .asText());
    String folder =
        DeployFiles.yaml(provisioning + "dashboards/message-relay.yml")
            .at("/providers/0/options/path")
            .asText();

    assertThat(source).hasHost("prometheus").hasPort(9090);
    assertThat(texts(SERVICES.get("prometheus").get("ports")).getFirst()).endsWith(":9090");
    assertThat(texts(SERVICES.get("grafana").get("volumes")))
        .contains("./deploy/grafana/message-relay.json:" + folder + "/message-relay.json:ro");
  }

  private static Map<String, String> environment(String service) {
    return texts(SERVICES.get(service).get("environment")).stream()
        .map(setting -> setting.split("=", 2))
        .collect(Collectors.toMap(setting -> setting[0], setting -> setting[1]));
  }

  private static Stream<String> found(String pattern, String text) {
    Function<MatchResult, String> name = found -> found.group(1);
    return Pattern.compile(pattern).matcher(text).results().map(name);
  }
}
