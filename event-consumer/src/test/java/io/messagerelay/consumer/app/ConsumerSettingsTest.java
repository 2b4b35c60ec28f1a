package io.messagerelay.consumer.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.base.KnownNames;
import io.messagerelay.base.Setting;
import io.messagerelay.base.Settings;
import io.messagerelay.consumer.intake.QueueLimits;
import io.messagerelay.consumer.refusal.RefusalBounds;
import io.messagerelay.consumer.retention.RetentionRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class ConsumerSettingsTest {
  private static final Map<String, String> LEAST =
      Map.of(
          "SERVICE_NAME", "relay",
          "SERVICE_PASSWORD", "secret",
          "SECRET_KEY", "0123456789abcdef0123456789abcdef");

  private static Settings with(Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(LEAST);
    environment.putAll(more);
    return Settings.read(environment, Path.of("does-not-exist"), KnownNames.all());
  }

  @Test
  void every_default_is_as_documented() {
    Settings settings = with(Map.of());
    ConsumerSettings all = ConsumerSettings.from(settings);

    assertThat(settings.problems()).isEmpty();
    assertThat(all.account().name()).isEqualTo("relay");
    assertThat(all.account().password().matches("secret")).isTrue();
    assertThat(all.account().scopes()).containsExactlyInAnyOrder("events:read", "events:write");
    assertThat(all.tokens().issuer()).isEqualTo("message-relay");
    assertThat(all.tokens().access()).isEqualTo(Duration.ofMinutes(30));
    assertThat(all.tokens().refresh()).isEqualTo(Duration.ofDays(7));
    assertThat(all.address()).hasToString("http://127.0.0.1:8000");
    assertThat(all.store()).isEqualTo(new StoreAt.EmbeddedFile(Path.of("var/store.db")));
    assertThat(all.schemas()).isEmpty();
    assertThat(all.retention().rules()).isEqualTo(RetentionRules.KEEP_ALL);
    assertThat(all.retention().archive()).isEmpty();
    assertThat(all.refusals()).isEqualTo(new RefusalBounds(10_000, Duration.ofDays(7)));
    assertThat(all.queue()).isEqualTo(QueueLimits.DEFAULT);
    assertThat(all.eventsPerSecond()).isEmpty();
    assertThat(all.failedLoginsPerMinute()).isEqualTo(10);
    assertThat(all.requestTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(all.drain().timeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(all.log().level()).isEqualTo(Level.INFO);
    assertThat(all.log().events()).isFalse();
  }

  @Test
  void a_hash_takes_the_place_of_the_password() {
    Settings settings =
        Settings.read(
            Map.of(
                "SERVICE_NAME", "relay",
                "SERVICE_PASSWORD_HASH",
                    "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
                "SECRET_KEY", "0123456789abcdef0123456789abcdef"),
            Path.of("does-not-exist"),
            KnownNames.all());

    assertThat(ConsumerSettings.from(settings).account().password().matches("U*U")).isTrue();
    assertThat(settings.problems()).isEmpty();
  }

  @Test
  void a_password_and_a_hash_are_one_too_many() {
    Settings settings =
        with(
            Map.of(
                "SERVICE_PASSWORD_HASH",
                "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"));
    ConsumerSettings.from(settings);

    assertThat(settings.problems())
        .containsExactly(
            "SERVICE_PASSWORD_HASH: SERVICE_PASSWORD is set too; keep one of them (environment)");
  }

  @Test
  void a_scope_that_there_is_not_is_named() {
    Settings settings = with(Map.of("SERVICE_SCOPES", "events:read,events:write"));
    ConsumerSettings.from(settings);

    assertThat(settings.problems())
        .containsExactly(
            "SERVICE_SCOPES: must be one or more of events:read, events:write and events:admin,"
                + " with a blank between (environment)");
  }

  @Test
  void an_ipv6_host_is_shown_as_a_url_has_it() {
    assertThat(ConsumerSettings.from(with(Map.of("CONSUMER_HOST", "::1"))).address())
        .hasToString("http://[::1]:8000");
  }

  @Test
  void every_setting_has_a_meaning_and_a_known_name() {
    assertThat(ConsumerSettings.ALL)
        .allSatisfy(s -> assertThat(s.description()).as(s.name()).endsWith("."))
        .extracting(Setting::name)
        .doesNotHaveDuplicates()
        .isSubsetOf(KnownNames.all());
  }
}
