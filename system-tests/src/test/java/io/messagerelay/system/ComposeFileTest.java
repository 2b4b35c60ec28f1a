package io.messagerelay.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.base.Setting;
import io.messagerelay.consumer.app.ConsumerSettings;
import io.messagerelay.propagator.app.PropagatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code docker-compose.yml} and the Dockerfiles against what they are about. */
final class ComposeFileTest {
  private static final Pattern ENVIRONMENT =
      Pattern.compile("^    environment: \\[(.*?)]", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern VERSION =
      Pattern.compile("image\\.version=\"(.*)\"|<version>(.*)</version>");

  /** What is another thing inside a container: the images and the published port say it. */
  private static final Set<String> OF_THE_CONTAINER =
      Set.of("CONSUMER_HOST", "CONSUMER_PORT", "DATA_FILE", "SPOOL_DIR", "STORE_FILE");

  @Test
  void event_consumer_is_told_each_of_its_settings_and_nothing_else() throws IOException {
    assertThat(told("event-consumer")).isEqualTo(wanted(ConsumerSettings.ALL));
  }

  @Test
  void event_propagator_is_told_each_of_its_settings_and_nothing_else() throws IOException {
    assertThat(told("event-propagator")).isEqualTo(wanted(PropagatorSettings.ALL));
  }

  @Test
  void no_service_of_ours_is_told_the_password_of_the_databases_administrator() throws IOException {
    assertThat(told("db"))
        .containsExactly("MYSQL_DATABASE", "MYSQL_PASSWORD", "MYSQL_ROOT_PASSWORD", "MYSQL_USER");
  }

  @Test
  void compose_file_is_short() throws IOException {
    assertThat(read("docker-compose.yml").lines()).hasSizeLessThanOrEqualTo(80);
  }

  @Test
  void both_dockerfiles_say_the_same_up_to_the_last_stage() throws IOException {
    assertThat(shared("event-consumer"))
        .contains("mvn ")
        .isEqualTo(shared("event-propagator").replace("event-propagator/D", "event-consumer/D"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"event-consumer", "event-propagator"})
  void label_of_an_image_is_the_projects_version(String service) throws IOException {
    assertThat(version(service + "/Dockerfile")).isEqualTo(version("pom.xml"));
  }

  private static Set<String> wanted(List<Setting<?>> settings) {
    return settings.stream()
        .flatMap(ComposeFileTest::names)
        .filter(name -> !OF_THE_CONTAINER.contains(name))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<String> names(Setting<?> setting) {
    return setting.isSecret()
        ? Stream.of(setting.name(), setting.name() + "_FILE")
        : Stream.of(setting.name());
  }

  private static Set<String> told(String service) throws IOException {
    String file = read("docker-compose.yml");
    Matcher list = ENVIRONMENT.matcher(file);
    assertThat(list.find(file.indexOf("\n  " + service + ":\n"))).isTrue();
    return Pattern.compile("[\\s,]+")
        .splitAsStream(list.group(1))
        .filter(name -> !name.isEmpty())
        .map(name -> name.replaceAll("^\"|=.*", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String shared(String service) throws IOException {
    String file = read(service + "/Dockerfile");
    return file.substring(0, file.lastIndexOf("\nFROM "));
  }

  private static String version(String file) throws IOException {
    MatchResult found = VERSION.matcher(read(file)).results().findFirst().orElseThrow();
    return found.group(1) == null ? found.group(2) : found.group(1);
  }

  private static String read(String file) throws IOException {
    return Files.readString(Checkout.find().file(file));
  }
}
