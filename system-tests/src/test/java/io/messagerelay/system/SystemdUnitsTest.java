package io.messagerelay.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.base.ExitCodes;
import io.messagerelay.base.Setting;
import io.messagerelay.consumer.app.ConsumerSettings;
import io.messagerelay.propagator.app.PropagatorSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The units for systemd against what they start. */
final class SystemdUnitsTest {
  private static final String ROOT = "/opt/message-relay/";
  private static final String SECRETS = "/etc/message-relay/";
  private static final String EXAMPLE = "deploy/systemd/message-relay.env";

  /** Read by {@code bin/exec-jar}. */
  private static final Set<String> OF_THE_JVM = Set.of("JAVA_HOME", "JAVA_OPTS");

  private static List<Setting<?>> settings(Service service) {
    return switch (service) {
      case CONSUMER -> ConsumerSettings.ALL;
      case PROPAGATOR -> PropagatorSettings.ALL;
    };
  }

  private static Set<String> names(Service service) {
    return settings(service).stream()
        .flatMap(
            setting ->
                setting.isSecret()
                    ? Stream.of(setting.name(), setting.name() + "_FILE")
                    : Stream.of(setting.name()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @ParameterizedTest
  @EnumSource
  void a_unit_starts_what_the_page_installs(Service service) {
    SystemdUnit unit = SystemdUnit.of(service);
    assertThat(unit.one("ExecStart")).isEqualTo(ROOT + "bin/" + service.command() + " run");

    Path command = Checkout.find().file("bin/" + service.command());
    assertThat(Files.isExecutable(command)).isTrue();
    assertThat(DeployFiles.text("docs/deploying.md"))
        .contains("cp -R --parents bin ", " " + ROOT.substring(0, ROOT.length() - 1) + "\n")
        .contains("\nsudo message-relay " + service.command() + " status\n");
  }

  @ParameterizedTest
  @EnumSource
  void a_unit_sets_only_what_its_service_reads(Service service) {
    assertThat(names(service)).containsAll(SystemdUnit.of(service).environment().keySet());
  }

  @ParameterizedTest
  @EnumSource
  void secrets_are_files_that_systemd_hands_over(Service service) {
    SystemdUnit unit = SystemdUnit.of(service);
    Map<String, String> handedOver =
        unit.all("LoadCredential").stream()
            .map(line -> line.split(":", 2))
            .collect(Collectors.toMap(line -> "%d/" + line[0], line -> line[1]));

    assertThat(unit.environment())
        .containsEntry("SERVICE_PASSWORD_FILE", "%d/service-password")
        .doesNotContainKeys("SERVICE_PASSWORD", "SECRET_KEY");
    assertThat(unit.environment().entrySet())
        .filteredOn(setting -> isOfASecret(service, setting.getKey()))
        .extracting(Map.Entry::getValue)
        .containsExactlyInAnyOrderElementsOf(handedOver.keySet());
    assertThat(handedOver.entrySet())
        .allMatch(file -> file.getValue().equals(SECRETS + file.getKey().substring(3)));
  }

  private static boolean isOfASecret(Service service, String name) {
    return settings(service).stream()
        .anyMatch(setting -> setting.isSecret() && name.equals(setting.name() + "_FILE"));
  }

  @ParameterizedTest
  @EnumSource
  void a_service_keeps_its_files_in_its_own_folder_and_under_its_own_account(Service service) {
    SystemdUnit unit = SystemdUnit.of(service);
    String name = service.command();
    assertThat(unit.one("User")).isEqualTo(name);
    assertThat(unit.one("StateDirectory")).isEqualTo(name);
    assertThat(unit.one("WorkingDirectory")).isEqualTo("%S/" + name);
    assertThat(unit.environment().values()).anyMatch(path -> path.startsWith("%S/" + name + "/"));
    assertThat(DeployFiles.text("deploy/systemd/message-relay.sysusers.conf"))
        .contains("\nu " + name + " - ", " /var/lib/" + name + "\n");
  }

  @ParameterizedTest
  @EnumSource
  void a_service_is_started_again_unless_that_cannot_help(Service service) {
    SystemdUnit unit = SystemdUnit.of(service);
    assertThat(unit.one("Restart")).isEqualTo("on-failure");
    assertThat(unit.one("RestartPreventExitStatus"))
        .isEqualTo(
            "%d %d %d".formatted(ExitCodes.USAGE, ExitCodes.NO_PERMISSION, ExitCodes.CONFIG));
  }

  @ParameterizedTest
  @EnumSource
  void a_service_may_end_in_its_own_time(Service service) {
    int drain =
        settings(service).stream()
            .filter(setting -> setting.name().equals("DRAIN_TIMEOUT"))
            .mapToInt(setting -> Integer.parseInt(setting.defaultText().orElseThrow()))
            .sum();
    assertThat(Integer.parseInt(SystemdUnit.of(service).one("TimeoutStopSec")))
        .isGreaterThanOrEqualTo(2 * drain)
        .isPositive();
  }

  @ParameterizedTest
  @EnumSource
  void a_command_gets_from_the_unit_what_the_service_gets(Service service) {
    String script = DeployFiles.text("deploy/systemd/message-relay");
    assertThat(script).contains("\"" + ROOT + "bin/$service\"", "s|%S|", "s|%d|");
    String[] handedOn = script.split("\\^\\(|\\)=", 3)[1].split("\\|");

    assertThat(handedOn)
        .contains("User", "Environment", "EnvironmentFile", "LoadCredential", "StateDirectory");
    assertThat(SystemdUnit.of(service).from("User").filter(line -> !line.key().equals("ExecStart")))
        .filteredOn(line -> line.value().contains("%") || line.value().contains(SECRETS))
        .extracting(SystemdUnit.Line::key)
        .isSubsetOf(handedOn);
    assertThat(SystemdUnit.of(service).from("User"))
        .flatExtracting(line -> Pattern.compile("%.").matcher(line.value()).results().toList())
        .extracting(MatchResult::group)
        .isNotEmpty()
        .allMatch(Set.of("%S", "%d")::contains);
  }

  @Test
  void both_services_may_do_equally_little() {
    List<SystemdUnit.Line> consumer = SystemdUnit.of(Service.CONSUMER).from("UMask").toList();

    assertThat(SystemdUnit.of(Service.PROPAGATOR).from("UMask").toList()).isEqualTo(consumer);
    assertThat(consumer)
        .contains(
            new SystemdUnit.Line("NoNewPrivileges", "yes"),
            new SystemdUnit.Line("ProtectSystem", "strict"),
            new SystemdUnit.Line("PrivateTmp", "yes"),
            new SystemdUnit.Line("CapabilityBoundingSet", ""));
  }

  @Test
  void the_example_names_settings_of_the_services_and_no_secret() {
    Set<String> known = names(Service.CONSUMER);
    known.addAll(names(Service.PROPAGATOR));
    known.addAll(OF_THE_JVM);
    Set<String> named =
        Pattern.compile("(?m)^#?([A-Z_]+)=.")
            .matcher(DeployFiles.text(EXAMPLE))
            .results()
            .map((MatchResult line) -> line.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(known).containsAll(named);
    assertThat(named)
        .contains("SERVICE_NAME", "MANAGEMENT_PORT")
        .noneMatch(name -> isOfASecret(Service.CONSUMER, name + "_FILE"))
        .noneMatch(name -> isOfASecret(Service.PROPAGATOR, name + "_FILE"));
  }
}
