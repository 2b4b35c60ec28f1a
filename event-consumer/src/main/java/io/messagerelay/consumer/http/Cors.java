package io.messagerelay.consumer.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which other web pages may use the service from a browser (the CORS protocol of the Fetch
 * standard). Others get no header, and their browser keeps the answer from them; what is no page is
 * not concerned. Nothing is said of credentials: a token is sent by the page, not by the browser.
 * Immutable.
 *
 * <p>The filters of Quarkus and Vert.x refuse requests of other origins with 403 and no body;
 * Quarkus' allows credentials besides.
 */
public final class Cors {
  /** Pages of this service alone. */
  public static final Cors OFF = new Cors(Set.of());

  private static final String ALLOWED =
      "Authorization, Content-Type, Idempotency-Key, If-None-Match, Last-Event-ID, X-Request-Id";

  private static final String EXPOSED =
      "ETag, Link, Location, RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate, X-Request-Id";

  /** How long a browser need not ask again, in seconds. */
  private static final String MAX_AGE = "600";

  private final Set<String> origins;

  private Cors(Set<String> origins) {
    this.origins = Set.copyOf(origins);
  }

  /**
   * Reads {@code https://a.example, http://localhost:3000}.
   *
   * @throws IllegalArgumentException saying which of them is none, and what one looks like
   */
  public static Cors parse(String text) {
    return new Cors(
        Arrays.stream(text.split(",", -1))
            .map(String::strip)
            .map(Cors::origin)
            .collect(Collectors.toUnmodifiableSet()));
  }

  private static String origin(String text) {
    return canonical(text)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "\"%s\" is not an origin, as https://a.example or http://localhost:3000%s"
                        .formatted(
                            text, text.equals("*") ? "; pages of everybody are not let in" : "")));
  }

  /** As a browser sends it: in lower case, without the port that goes without saying. */
  private static Optional<String> canonical(String text) {
    try {
      URI uri = new URI(text.toLowerCase(Locale.ROOT));
      String scheme = uri.getScheme();
      boolean web = "http".equals(scheme) || "https".equals(scheme);
      if (!web || uri.getHost() == null || !text.equalsIgnoreCase(origin(uri, uri.getPort()))) {
        return Optional.empty();
      }
      int byDefault = scheme.equals("http") ? 80 : 443;
      return Optional.of(origin(uri, uri.getPort() == byDefault ? -1 : uri.getPort()));
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static String origin(URI uri, int port) {
    return uri.getScheme() + "://" + uri.getHost() + (port < 0 ? "" : ":" + port);
  }

  /** What every answer says. */
  void prepare(HttpServerRequest request) {
    if (origins.isEmpty()) {
      return;
    }
    MultiMap headers = request.response().headers();
    headers.add(HttpHeaders.VARY, "Origin");
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    if (origin != null && origins.contains(origin)) {
      headers
          .add(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
          .add(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    }
  }

  /** What the answer to OPTIONS says, where it is a preflight. */
  void preflight(HttpServerRequest request, Route route) {
    MultiMap headers = request.response().headers();
    if (headers.contains(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN)
        && request.headers().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD)) {
      headers
          .add(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, route.allow())
          .add(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, ALLOWED)
          .add(HttpHeaders.ACCESS_CONTROL_MAX_AGE, MAX_AGE);
    }
  }
}
