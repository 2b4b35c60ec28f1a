package io.messagerelay.propagator.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.base.KnownNames;
import io.messagerelay.base.Settings;
import io.messagerelay.propagator.source.outbox.Column;
import io.messagerelay.propagator.source.outbox.Done;
import io.messagerelay.propagator.source.outbox.OutboxServer;
import io.messagerelay.propagator.source.outbox.OutboxTable;
import io.messagerelay.propagator.source.outbox.OutboxTls;
import io.messagerelay.propagator.source.outbox.PayloadForm;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class OutboxSettingsTest {
  private static final Map<String, String> REQUIRED =
      Map.of(
          "SOURCE", "outbox",
          "OUTBOX_URL", "mysql://db.example:3307/shop",
          "OUTBOX_USER", "relay",
          "OUTBOX_PASSWORD", "canary");

  private static Settings settings(String... more) {
    Map<String, String> environment = new HashMap<>(REQUIRED);
    for (int i = 0; i < more.length; i += 2) {
      environment.put(more[i], more[i + 1]);
    }
    return Settings.read(environment, Path.of("no such file"), KnownNames.all());
  }

  private static OutboxSettings read(String... more) {
    Settings settings = settings(more);
    OutboxSettings read = OutboxSettings.from(settings).orElseThrow();
    assertThat(settings.problems()).isEmpty();
    return read;
  }

  private static List<String> problems(String... more) {
    Settings settings = settings(more);
    OutboxSettings.from(settings);
    return settings.problems();
  }

  @Test
  void there_is_no_outbox_unless_it_is_the_source() {
    assertThat(OutboxSettings.from(settings("SOURCE", "random"))).isEmpty();
  }

  @Test
  void the_defaults_are_these() {
    assertThat(read())
        .isEqualTo(
            new OutboxSettings(
                new OutboxServer(
                    OutboxServer.Kind.MYSQL,
                    "db.example",
                    3307,
                    "shop",
                    "relay",
                    "canary",
                    new OutboxTls(OutboxTls.Mode.PREFERRED, Optional.empty())),
                new OutboxTable(
                    Optional.empty(), "outbox", Map.of(), Done.DELETE, PayloadForm.TEXT)));
  }

  @Test
  void everything_can_be_another() {
    OutboxSettings read =
        read(
            "OUTBOX_URL", "postgresql://[::1]/shop",
            "OUTBOX_TABLE", "sales.messages",
            "OUTBOX_COLUMNS", "id = k, event_payload=payload",
            "OUTBOX_DONE", "mark",
            "OUTBOX_PAYLOAD", "json",
            "OUTBOX_TLS", "required");

    assertThat(read.server().toString()).isEqualTo("postgresql://[::1]:5432/shop");
    assertThat(read.server().tls().mode()).isEqualTo(OutboxTls.Mode.REQUIRED);
    assertThat(read.table())
        .isEqualTo(
            new OutboxTable(
                Optional.of("sales"),
                "messages",
                Map.of(Column.ID, "k", Column.EVENT_PAYLOAD, "payload"),
                Done.MARK,
                PayloadForm.JSON));
  }

  @Test
  void every_problem_is_named_at_once_and_no_account_is_shown() {
    assertThat(
            problems(
                "OUTBOX_URL", "mysql://relay:canary@db/shop",
                "OUTBOX_PASSWORD", "",
                "OUTBOX_TABLE", "a;b",
                "OUTBOX_COLUMNS", "payload=p",
                "OUTBOX_TLS_CA", "no.pem"))
        .satisfies(
            all -> assertThat(all).noneMatch(line -> line.contains("canary")),
            all ->
                assertThat(all)
                    .extracting(line -> line.substring(0, line.indexOf(':')))
                    .containsExactlyInAnyOrder(
                        "OUTBOX_URL",
                        "OUTBOX_PASSWORD",
                        "OUTBOX_TABLE",
                        "OUTBOX_COLUMNS",
                        "OUTBOX_TLS_CA"));
  }

  @Test
  void a_url_is_one_of_a_database() {
    for (String bad :
        List.of(
            "http://h/d",
            "mysql://h",
            "mysql://h/",
            "mysql:///d",
            "mysql://h/a/b",
            "mysql://h/d?x=1")) {
      assertThat(problems("OUTBOX_URL", bad))
          .as(bad)
          .containsExactly(
              "OUTBOX_URL: is not the URL of a database; expected mysql://HOST:PORT/DATABASE or"
                  + " postgresql://HOST:PORT/DATABASE (environment)");
    }
  }

  @Test
  void a_column_is_mapped_once() {
    assertThat(problems("OUTBOX_COLUMNS", "id=a, id=b"))
        .singleElement()
        .asString()
        .contains("once");
  }

  @Test
  void an_authority_is_certificates() {
    assertThat(problems("OUTBOX_TLS", "verify_ca", "OUTBOX_TLS_CA", "no.pem"))
        .singleElement()
        .asString()
        .startsWith("OUTBOX_TLS_CA: cannot be read as certificates in PEM");
  }

  @Test
  void the_password_is_not_in_the_settings_text() {
    assertThat(read().toString()).doesNotContain("canary");
  }
}
