package io.messagerelay.propagator.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.base.KnownNames;
import io.messagerelay.base.LogFormat;
import io.messagerelay.base.LogSettings;
import io.messagerelay.base.Setting;
import io.messagerelay.base.Settings;
import io.messagerelay.contract.ItemKey;
import io.messagerelay.propagator.auth.Account;
import io.messagerelay.propagator.auth.Endpoint;
import io.messagerelay.propagator.delivery.Acknowledge;
import io.messagerelay.propagator.source.Schedule;
import io.messagerelay.propagator.source.outbox.Column;
import io.messagerelay.propagator.spool.SpoolLimits;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

final class PropagatorSettingsTest {
  private static final Map<String, String> REQUIRED =
      Map.of("SERVICE_NAME", "relay", "SERVICE_PASSWORD", "canary", "LOG_FORMAT", "text");

  private static final Map<String, String> OUTBOX =
      Map.of(
          "SOURCE", "outbox",
          "OUTBOX_URL", "mysql://db.example/orders",
          "OUTBOX_USER", "relay",
          "OUTBOX_PASSWORD", "canary");

  @Test
  void the_defaults_are_these() {
    assertThat(PropagatorSettings.from(read(REQUIRED)))
        .isEqualTo(
            new PropagatorSettings(
                new Account("relay", "canary"),
                endpoint("http://localhost:8000/token"),
                endpoint("http://localhost:8000/event"),
                Acknowledge.ID,
                ItemKey.OWN,
                Optional.empty(),
                Path.of("event-propagator/data/data.json"),
                new Schedule.Every(Duration.ofSeconds(10)),
                Path.of("var/spool"),
                new SpoolLimits(1L << 30, 256L << 20),
                4,
                OptionalInt.empty(),
                Optional.empty(),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                true,
                Optional.empty(),
                Optional.empty(),
                new LogSettings(LogFormat.TEXT, Level.INFO, false)));
  }

  @Test
  void the_endpoint_is_a_path_below_the_consumer_or_a_whole_url() {
    assertThat(eventsAt("http://host/base/", "/event")).isEqualTo("http://host/base/event");
    assertThat(eventsAt("https://host", "a/b")).isEqualTo("https://host/a/b");
    assertThat(eventsAt("http://host", "https://other:8443/in?key=1"))
        .isEqualTo("https://other:8443/in?key=1");
  }

  @Test
  void an_endpoint_that_is_none_is_a_problem_that_hides_its_text() {
    for (String bad : List.of("ftp://host/canary", "http:///canary", "a b?canary")) {
      Settings settings = read(with("ENDPOINT_TO_POST", bad));
      PropagatorSettings.from(settings);
      assertThat(settings.problems())
          .containsExactly(
              "ENDPOINT_TO_POST: is neither a path nor a URL; expected a path on the consumer, or a"
                  + " whole http or https URL (environment)");
    }
  }

  @Test
  void the_key_is_at_a_place_in_the_event_or_in_a_column_or_none() {
    assertThat(
            PropagatorSettings.from(read(with("EVENT_KEY", "/event_payload/customer"))).eventKey())
        .isInstanceOfSatisfying(
            ItemKey.At.class, at -> assertThat(at.place()).hasToString("/event_payload/customer"));
    assertThat(PropagatorSettings.from(read(with("EVENT_KEY", "none"))).eventKey())
        .isEqualTo(ItemKey.NONE);

    Map<String, String> outbox = new HashMap<>(OUTBOX);
    outbox.put("EVENT_KEY", "customer_id");
    Settings column = read(with(outbox));
    assertThat(PropagatorSettings.from(column).outbox().orElseThrow().table().mapped())
        .containsEntry(Column.EVENT_KEY, "customer_id");
    assertThat(column.problems()).isEmpty();
  }

  @Test
  void a_key_that_is_nowhere_is_a_problem() {
    String neither =
        "EVENT_KEY: is neither a JSON Pointer, such as /event_payload/customer, nor none, nor the"
            + " name of an outbox's column with SOURCE=outbox (environment)";
    assertThat(problems(with("EVENT_KEY", "customer_id"))).containsExactly(neither);

    Map<String, String> outbox = new HashMap<>(OUTBOX);
    outbox.put("EVENT_KEY", "no name");
    assertThat(problems(with(outbox))).containsExactly(neither);
  }

  @Test
  void a_column_of_the_key_is_named_once() {
    Map<String, String> outbox = new HashMap<>(OUTBOX);
    outbox.put("EVENT_KEY", "customer_id");
    outbox.put("OUTBOX_COLUMNS", "event_key=other");

    assertThat(problems(with(outbox)))
        .containsExactly(
            "OUTBOX_COLUMNS: names event_key, and so does EVENT_KEY; remove one of them"
                + " (environment)");
  }

  private static List<String> problems(Map<String, String> environment) {
    Settings settings = read(environment);
    PropagatorSettings.from(settings);
    return settings.problems();
  }

  @Test
  void a_cron_expression_takes_the_place_of_the_interval() {
    Settings settings = read(with("SCHEDULER_CRON", "*/5 9-17 * * 1-5"));

    assertThat(PropagatorSettings.from(settings).schedule())
        .isEqualTo(new Schedule.At("*/5 9-17 * * 1-5"));
    assertThat(settings.problems()).isEmpty();
  }

  @Test
  void a_cron_expression_that_is_none_or_stands_beside_an_interval_is_a_problem() {
    Settings settings = read(with("SCHEDULER_CRON", "at noon"));
    PropagatorSettings.from(settings);
    assertThat(settings.problems())
        .containsExactly(
            "SCHEDULER_CRON: is no cron expression; expected five fields as in a crontab, such as"
                + " 0 9 * * 1-5 (environment)");

    var both = new HashMap<>(with("SCHEDULER_CRON", "0 9 * * *"));
    both.put("SCHEDULER_INTERVAL", "5");
    settings = read(both);
    PropagatorSettings.from(settings);
    assertThat(settings.problems())
        .containsExactly(
            "SCHEDULER_CRON: is set beside SCHEDULER_INTERVAL; remove one of them (environment)");
  }

  @Test
  void a_management_port_listens_on_this_machine_alone_unless_told_otherwise() {
    assertThat(PropagatorSettings.from(read(with("MANAGEMENT_PORT", "9090"))).management())
        .contains(new ManagementSettings("127.0.0.1", 9090));

    Map<String, String> all = with("MANAGEMENT_HOST", "::");
    assertThat(PropagatorSettings.from(read(all)).management()).as("no port").isEmpty();
    all.put("MANAGEMENT_PORT", "9090");
    assertThat(PropagatorSettings.from(read(all)).management().orElseThrow())
        .hasToString("http://[::]:9090");
  }

  @Test
  void the_report_to_the_consumer_can_be_switched_off() {
    assertThat(PropagatorSettings.from(read(with("RELAY_REPORT", "false"))).reports()).isFalse();
  }

  @Test
  void every_problem_is_named_at_once() {
    Settings settings =
        read(Map.of("LANES", "65", "SCHEDULER_INTERVAL", "0", "MANAGEMENT_PORT", "65536"));
    PropagatorSettings.from(settings);
    assertThat(settings.problems())
        .extracting(line -> line.substring(0, line.indexOf(':')))
        .containsExactlyInAnyOrder(
            "SERVICE_NAME", "SERVICE_PASSWORD", "LANES", "SCHEDULER_INTERVAL", "MANAGEMENT_PORT");
  }

  @Test
  void a_receiver_that_is_not_ours_needs_no_account_but_half_of_one_is_a_problem() {
    Settings none = read(Map.of("ACKNOWLEDGE", "status"));
    assertThat(PropagatorSettings.from(none).account()).isNull();
    assertThat(none.problems()).isEmpty();

    Settings half = read(Map.of("ACKNOWLEDGE", "status", "SERVICE_NAME", "relay"));
    PropagatorSettings.from(half);
    assertThat(half.problems()).singleElement().asString().startsWith("SERVICE_PASSWORD: not set");
  }

  @Test
  void the_password_is_not_in_the_settings_text() {
    assertThat(PropagatorSettings.from(read(REQUIRED)).toString()).doesNotContain("canary");
  }

  @Test
  void every_setting_has_a_meaning_and_a_known_name() {
    assertThat(PropagatorSettings.ALL).extracting(Setting::description).doesNotContain("");
    assertThat(KnownNames.all())
        .containsAll(PropagatorSettings.ALL.stream().map(Setting::name).toList());
  }

  private static String eventsAt(String consumer, String endpoint) {
    Map<String, String> environment = with("CONSUMER_URL", consumer);
    environment.put("ENDPOINT_TO_POST", endpoint);
    return PropagatorSettings.from(read(environment)).events().uri().toString();
  }

  private static Map<String, String> with(String name, String value) {
    return with(Map.of(name, value));
  }

  private static Map<String, String> with(Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(REQUIRED);
    environment.putAll(more);
    return environment;
  }

  private static Settings read(Map<String, String> environment) {
    return Settings.read(environment, Path.of("no such file"), KnownNames.all());
  }

  private static Endpoint endpoint(String uri) {
    return new Endpoint(URI.create(uri));
  }
}
