package io.messagerelay.base.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.base.KnownNames;
import io.messagerelay.base.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceSettingsTest {
  private static final String URL = "http://collector:4318";

  private final Map<String, String> environment = new HashMap<>();

  private Settings settings() {
    return Settings.read(environment, Path.of("does-not-exist"), KnownNames.all());
  }

  @Test
  void nothing_is_traced_unless_a_collector_is_named() {
    environment.put("OTEL_SERVICE_NAME", "orders");

    assertThat(TraceSettings.from(settings(), "event-consumer")).isEmpty();
  }

  @Test
  void collector_alone_is_enough() {
    environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", URL);

    assertThat(TraceSettings.from(settings(), "event-consumer"))
        .isEqualTo(Optional.of(new TraceSettings(URI.create(URL), Map.of(), 1, "event-consumer")));
  }

  @Test
  void share_name_and_headers_can_be_told() {
    environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", URL);
    environment.put("OTEL_TRACES_SAMPLER_ARG", "0.25");
    environment.put("OTEL_SERVICE_NAME", "orders");
    environment.put(
        "OTEL_EXPORTER_OTLP_HEADERS", "Authorization=Basic%20YTpi+Q==, x-team=7,x-none=");

    TraceSettings read = TraceSettings.from(settings(), "event-consumer").orElseThrow();

    assertThat(read.share()).isEqualTo(0.25);
    assertThat(read.service()).isEqualTo("orders");
    assertThat(read.headers())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("Authorization", "Basic YTpi+Q==", "x-team", "7", "x-none", ""));
    assertThat(read.toString()).doesNotContain("YTpi");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no-header",
        "=canary-key",
        "a b=c",
        "x=%zz",
        "x=%0d%0aInjected: 1",
        "x=1,canary-key"
      })
  void headers_that_are_none_are_a_problem_which_does_not_show_them(String headers) {
    environment.put("OTEL_EXPORTER_OTLP_HEADERS", headers);
    Settings settings = settings();

    TraceSettings.from(settings, "event-consumer");

    assertThat(settings.problems())
        .singleElement()
        .asString()
        .startsWith("OTEL_EXPORTER_OTLP_HEADERS: is no list of headers; expected name=value")
        .doesNotContain(headers);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.1", "-0.1", "ten", "1e-3"})
  void share_is_from_0_to_1(String share) {
    environment.put("OTEL_TRACES_SAMPLER_ARG", share);
    Settings settings = settings();

    TraceSettings.from(settings, "event-consumer");

    assertThat(settings.problems())
        .containsExactly(
            "OTEL_TRACES_SAMPLER_ARG: \"%s\" is not a share; expected 0 to 1 (environment)"
                .formatted(share));
  }
}
