package io.messagerelay.base.trace;

import io.messagerelay.base.Setting;
import io.messagerelay.base.Settings;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where spans go. The names are those of the OpenTelemetry specification ("OTLP exporter
 * configuration", "Environment variable specification").
 *
 * @param endpoint of the collector, without {@code /v1/traces}
 * @param headers of each request to it; may be secret
 * @param share of the events that bring no {@code traceparent}, 0 to 1
 * @param service as which this process is shown
 */
public record TraceSettings(
    URI endpoint, Map<String, String> headers, double share, String service) {
  private static final Setting<URI> ENDPOINT =
      Setting.httpUrl("OTEL_EXPORTER_OTLP_ENDPOINT")
          .means(
              "A collector of OpenTelemetry traces that takes OTLP over HTTP, mostly on port 4318. No traces when unset.");
  private static final Setting<String> HEADERS =
      Setting.secret("OTEL_EXPORTER_OTLP_HEADERS")
          .means("Headers of the requests to it, as `api-key=abc,x-team=7`, percent-encoded.");
  private static final Setting<Double> SHARE =
      Setting.share("OTEL_TRACES_SAMPLER_ARG")
          .byDefault("1")
          .means(
              "Which share of the events is traced; the same for both services. An event that brings a `traceparent` is traced if that says so.");
  private static final Setting<String> SERVICE =
      Setting.text("OTEL_SERVICE_NAME")
          .means("As what the service is shown in traces; its own name when unset.");

  /** In the order of the documentation. */
  public static final List<Setting<?>> ALL = List.of(ENDPOINT, HEADERS, SHARE, SERVICE);

  /** A field name (RFC 9110 §5.6.2), and a value without control characters, encoded or not. */
  private static final Pattern HEADER = Pattern.compile("\\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+)=(.*)");

  private static final Pattern VALUE = Pattern.compile("[ -~]*");

  @Override
  public String toString() {
    return "traces to " + endpoint;
  }

  /**
   * Empty when nothing shall be traced.
   *
   * @param service the name where none is set
   */
  public static Optional<TraceSettings> from(Settings settings, String service) {
    Map<String, String> headers = headers(settings);
    double share = settings.get(SHARE);
    String name = settings.find(SERVICE).orElse(service);
    return settings.find(ENDPOINT).map(url -> new TraceSettings(url, headers, share, name));
  }

  private static Map<String, String> headers(Settings settings) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String header : settings.find(HEADERS).orElse("").split(",", -1)) {
      if (!header.isBlank() && !add(header, headers)) {
        settings.reject(
            HEADERS, "is no list of headers; expected name=value, several with commas between");
      }
    }
    return headers;
  }

  private static boolean add(String header, Map<String, String> headers) {
    var parts = HEADER.matcher(header);
    if (!parts.matches()) {
      return false;
    }
    try {
      String plus = parts.group(2).strip().replace("+", "%2B");
      String value = URLDecoder.decode(plus, StandardCharsets.UTF_8);
      headers.put(parts.group(1), value);
      return VALUE.matcher(value).matches();
    } catch (IllegalArgumentException badEncoding) {
      return false;
    }
  }
}
