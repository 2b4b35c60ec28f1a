package io.messagerelay.consumer.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.base.KnownNames;
import io.messagerelay.base.Settings;
import io.messagerelay.consumer.http.Cors;
import io.messagerelay.consumer.http.RequestLimits;
import io.messagerelay.consumer.http.connection.ClientAddress;
import io.messagerelay.consumer.http.connection.TrustedProxies;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EdgeSettingsTest {
  private static Settings with(Map<String, String> environment) {
    return Settings.read(environment, Path.of("does-not-exist"), KnownNames.all());
  }

  @Test
  void every_default_is_as_documented() {
    Settings settings = with(Map.of());

    assertThat(EdgeSettings.from(settings))
        .isEqualTo(
            new EdgeSettings(
                4_096,
                2_048,
                new RequestLimits(
                    2_048, 2_048, Optional.empty(), Optional.empty(), Optional.empty()),
                TrustedProxies.NONE,
                ClientAddress.Header.X_FORWARDED_FOR,
                Cors.OFF));
    assertThat(settings.problems()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CONNECTION_LIMIT | 0 | is not a whole number; expected 1 to 1000000",
        "ADDRESS_CONNECTION_LIMIT | many | is not a whole number; expected 1 to 1000000",
        "ADDRESS_RATE_LIMIT | 0 | is not a whole number; expected 1 to 1000000",
        "TRUSTED_PROXIES | 10.0.0.1, proxy | \"proxy\" is not an address or a range of addresses",
        "TRUSTED_PROXIES | 10.0.0.0/64 | \"10.0.0.0/64\" is not an address",
        "TRUSTED_PROXY_HEADER | via | x_forwarded_for or forwarded",
        "CORS_ORIGINS | * | \"*\" is not an origin",
        "CORS_ORIGINS | https://a.example/ | \"https://a.example/\" is not an origin",
      })
  void a_bad_value_is_named_with_what_a_good_one_looks_like(
      String name, String value, String problem) {
    Settings settings = with(Map.of(name, value));
    EdgeSettings.from(settings);

    assertThat(settings.problems())
        .singleElement()
        .satisfies(line -> assertThat(line).startsWith(name + ": ").contains(problem));
  }
}
