package io.messagerelay.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.base.KnownNames;
import io.messagerelay.base.Setting;
import io.messagerelay.base.SettingsTable;
import io.messagerelay.consumer.app.ConsumerSettings;
import io.messagerelay.propagator.app.PropagatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documented settings are those of the code. */
final class SettingsDocTest {
  private static final String HEAD =
      "| setting | values | default | meaning |\n|---|---|---|---|\n";

  /** Names that may stand in a shared {@code .env} and that neither service reads. */
  private static final Map<String, String> READ_BY_NEITHER =
      new TreeMap<>(
          Map.of(
              "COMPOSE_FILE", "Read by Compose: the files that it takes together.",
              "COMPOSE_PROJECT_NAME", "Read by Compose.",
              "CONSUMER_BIND",
                  "Read by Compose: the address that the consumer's port is opened on.",
              "GRAFANA_PASSWORD",
                  "Read by `deploy/compose.observe.yml`: of Grafana's account `admin`.",
              "GRAFANA_PORT",
                  "Read by `deploy/compose.observe.yml`: where Grafana is opened; 3000 when unset.",
              "MYSQL_ROOT_PASSWORD", "Read by Compose.",
              "PROMETHEUS_PORT",
                  "Read by `deploy/compose.observe.yml`: the same for Prometheus; 9090."));

  @Test
  void docs_settings_is_what_the_code_says() throws IOException {
    Path root = Checkout.find().root();
    Path wanted = root.resolve("system-tests/target/settings.md");
    Files.createDirectories(wanted.getParent());
    Files.writeString(wanted, page());

    assertThat(Files.readString(root.resolve("docs/settings.md")))
        .as("docs/settings.md; copy %s there", wanted)
        .isEqualTo(page());
  }

  @Test
  void the_names_that_are_known_in_a_shared_env_file_are_those_of_the_settings() {
    Stream<String> names =
        Stream.of(ConsumerSettings.ALL, PropagatorSettings.ALL)
            .flatMap(List::stream)
            .flatMap(SettingsDocTest::names);
    assertThat(new TreeSet<>(KnownNames.all()))
        .isEqualTo(
            Stream.concat(names, READ_BY_NEITHER.keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void every_name_in_the_example_is_known() throws IOException {
    List<String> names =
        Files.readAllLines(Checkout.find().file(".env.example")).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .map(line -> line.substring(0, line.indexOf('=')))
            .toList();
    assertThat(names).contains("SERVICE_NAME", "SECRET_KEY").isSubsetOf(KnownNames.all());
  }

  private static Stream<String> names(Setting<?> setting) {
    return setting.isSecret()
        ? Stream.of(setting.name(), setting.name() + "_FILE")
        : Stream.of(setting.name());
  }

  private static String page() {
    return """
    # Settings

    The environment goes before `.env` in the working directory, and that before the default. An empty value is
    an unset one. Every problem is named at once at the start (exit code 78), with the line of `.env`, and never
    with the value of a secret. A secret may also stand in a file that `NAME_FILE` names. `.env` follows Compose's
    rules: blanks round `=` are allowed, a value may be quoted, a comment begins after a blank.

    ## event-consumer

    %s
    ## event-propagator

    %s
    ## Read by neither service

    These may stand in a `.env` that is shared with other programs; any other name is said to be unknown.

    %s"""
        .formatted(
            HEAD + SettingsTable.rows(ConsumerSettings.ALL),
            HEAD + SettingsTable.rows(PropagatorSettings.ALL),
            readByNeither());
  }

  private static String readByNeither() {
    return "| name | meaning |\n|---|---|\n"
        + READ_BY_NEITHER.entrySet().stream()
            .map(name -> "| `%s` | %s |\n".formatted(name.getKey(), name.getValue()))
            .collect(Collectors.joining());
  }
}
