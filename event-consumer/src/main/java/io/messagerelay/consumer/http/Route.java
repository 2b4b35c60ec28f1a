package io.messagerelay.consumer.http;

import io.messagerelay.contract.EventLimits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Every path there is, with its methods and the largest body it takes. What is not here is 404, and
 * a method that is not here 405.
 */
enum Route {
  EVENTS("/event", Methods.BOTH, EventLimits.BODY_BYTES),
  EVENT("/event/{event_id}", Methods.GET_DELETE),
  STATS("/stats", Methods.GET),
  REFUSALS("/refusal", Methods.GET),
  OVERVIEW("/overview", Methods.GET),
  LOG_LEVEL("/log-level", Methods.GET_PUT),
  TOKEN("/token", Methods.POST, Route.FORM_BYTES),
  READY("/ready", Methods.GET),
  HEALTH_READY("/health/ready", Methods.GET),
  LIVE("/health/live", Methods.GET),
  STARTED("/health/started", Methods.GET),
  METRICS("/metrics", Methods.GET),
  CONSOLE("/", Methods.GET),
  CONSOLE_FILE("/console/{file}", Methods.GET),
  OPENAPI("/openapi.json", Methods.GET),
  DOCS("/docs", Methods.GET),
  DOCS_PAGE("/docs/", Methods.GET),
  DOCS_FILE("/docs/{file}", Methods.GET);

  /** Above what a login needs; its resource knows how much that is. */
  private static final int FORM_BYTES = 64 * 1024;

  private static final String ALIAS = "/events";

  private enum Methods {
    GET,
    POST,
    BOTH,
    GET_PUT,
    GET_DELETE
  }

  private final String path;
  private final Methods methods;
  private final int bodyLimit;

  /** A body that nobody asked for is let go by up to the size of a form. */
  Route(String path, Methods methods) {
    this(path, methods, Route.FORM_BYTES);
  }

  Route(String path, Methods methods, int bodyLimit) {
    this.path = path;
    this.methods = methods;
    this.bodyLimit = bodyLimit;
  }

  /**
   * The route of a path in its canonical form; empty where there is none, also where the framework
   * would take the path for another, because of a dot for a segment.
   */
  static Optional<Route> of(String path, String normalized) {
    Optional<Route> route = of(path);
    return normalized.equals(path) || route.equals(of(normalized)) ? route : Optional.empty();
  }

  static Optional<Route> of(String path) {
    return Arrays.stream(values()).filter(route -> route.matches(path)).findFirst();
  }

  private boolean matches(String given) {
    int parameter = path.indexOf('{');
    return parameter < 0
        ? given.equals(path)
        : given.length() > parameter
            && given.startsWith(path.substring(0, parameter))
            && given.indexOf('/', parameter) < 0;
  }

  /**
   * The one form of a path that has several: {@code /events} is {@code /event}, and a slash at the
   * end is forgiven, but not two. A semicolon is part of a name, where the framework would begin
   * parameters of its own. The API page needs its slash.
   */
  static String canonical(String path) {
    if (path.equals(CONSOLE.path) || path.startsWith(DOCS.path) || path.endsWith("//")) {
      return path;
    }
    String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    String named =
        trimmed.equals(ALIAS) || trimmed.startsWith(ALIAS + "/")
            ? EVENTS.path + trimmed.substring(ALIAS.length())
            : trimmed;
    return named.replace(";", "%3B");
  }

  /** Whose content it shows to a browser. */
  SecurityHeaders.Shown shown() {
    return switch (this) {
      case CONSOLE, CONSOLE_FILE -> SecurityHeaders.Shown.CONSOLE;
      case DOCS, DOCS_PAGE, DOCS_FILE -> SecurityHeaders.Shown.API_PAGE;
      default -> SecurityHeaders.Shown.DATA;
    };
  }

  /** As the API's description writes it. */
  String path() {
    return path;
  }

  /** In bytes. */
  int bodyLimit() {
    return bodyLimit;
  }

  /** HEAD goes with GET, OPTIONS with everything. */
  boolean allows(String method) {
    return switch (method) {
      case "GET", "HEAD" -> methods != Methods.POST;
      case "POST" -> methods == Methods.POST || methods == Methods.BOTH;
      case "PUT" -> methods == Methods.GET_PUT;
      case "DELETE" -> methods == Methods.GET_DELETE;
      default -> method.equals("OPTIONS");
    };
  }

  /** The value of {@code Allow}. */
  String allow() {
    List<String> allowed =
        new ArrayList<>(List.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"));
    allowed.removeIf(method -> !allows(method));
    return String.join(", ", allowed);
  }
}
