package io.messagerelay.consumer.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * What is checked before a request reaches its resource: head, what its client has under way, path,
 * method and announced size, in this order. Also sets the headers that every answer has.
 */
@Singleton
final class EdgeFilter {
  /** Before everything of the framework, its own limit of bodies included. */
  private static final int FIRST = 1_000;

  private static final Set<Integer> UNROUTED = Set.of(400, 404);

  private static final String ALLOW = "Allow";

  /** The largest body that is let go by on a path that does not exist. */
  private static final int NOWHERE = Route.EVENTS.bodyLimit();

  /** Whoever watches over the service is answered whatever else goes on. */
  private static final Set<Route> UNLIMITED =
      EnumSet.of(Route.READY, Route.HEALTH_READY, Route.LIVE, Route.STARTED);

  /** Their answers have a place where others find none. */
  private static final Set<Route> SMALL =
      EnumSet.of(
          Route.READY,
          Route.HEALTH_READY,
          Route.LIVE,
          Route.STARTED,
          Route.METRICS,
          Route.OVERVIEW,
          Route.LOG_LEVEL);

  private static final Set<HttpMethod> WITH_BODY = Set.of(HttpMethod.POST, HttpMethod.PUT);

  private static final Logger LOG = LoggerFactory.getLogger(EdgeFilter.class);

  private final RequestIds ids;
  private final RequestBodies bodies;
  private final ClientLimits clients;
  private final AnswerRoom room;
  private final Cors cors;

  EdgeFilter(
      RequestIds ids, RequestBodies bodies, ClientLimits clients, AnswerRoom room, Cors cors) {
    this.ids = ids;
    this.bodies = bodies;
    this.clients = clients;
    this.room = room;
    this.cors = cors;
  }

  void register(@Observes Filters filters) {
    filters.register(this::check, FIRST);
  }

  /** What the router refuses before any filter sees it: no Host, or a target that is no path. */
  void register(@Observes Router router) {
    router.route().order(Integer.MIN_VALUE).failureHandler(this::refuseUnrouted);
  }

  private void refuseUnrouted(RoutingContext call) {
    if (UNROUTED.contains(call.statusCode()) && !call.response().headWritten()) {
      prepare(call, Optional.empty());
      FaultMapper.problem(call.statusCode()).closing().answer().send(call);
    } else {
      call.next();
    }
  }

  private void check(RoutingContext call) {
    RequestHead.fault(call.request())
        .ifPresentOrElse(
            problem -> {
              prepare(call, Optional.empty());
              problem.answer().send(call);
            },
            () -> checkPath(call));
  }

  private void checkPath(RoutingContext call) {
    String path = Objects.requireNonNull(call.request().path());
    String canonical = Route.canonical(path);
    if (canonical.equals(path)) {
      Optional<Route> route = Route.of(path, call.normalizedPath());
      prepare(call, route);
      admit(call, route)
          .ifPresentOrElse(problem -> refuse(call, NOWHERE, problem), () -> check(call, route));
    } else {
      String query = call.request().query();
      call.reroute(query == null ? canonical : canonical + '?' + query);
    }
  }

  private Optional<Problem> admit(RoutingContext call, Optional<Route> route) {
    return route.filter(UNLIMITED::contains).isPresent() ? Optional.empty() : clients.enter(call);
  }

  /**
   * Names the request. Nothing here is for caches, frames or guesses at its type. An answer that
   * ends its connection does so once it is out.
   */
  private void prepare(RoutingContext call, Optional<Route> route) {
    ids.name(call);
    SecurityHeaders.set(
        call.response().headers(), route.map(Route::shown).orElse(SecurityHeaders.Shown.DATA));
    cors.prepare(call.request());
    var place = new Place();
    place.keepWith(call);
    Context loop = call.vertx().getOrCreateContext();
    call.addEndHandler(_ -> on(loop, () -> end(call, place)));
    if (LOG.isDebugEnabled()) {
      call.addEndHandler(_ -> line(call, route));
    }
  }

  /** By its route: what a client makes up has no place in a log. */
  private static void line(RoutingContext call, Optional<Route> route) {
    LOG.debug(
        "{} {} answered {} (request {})",
        call.request().method(),
        route.map(Route::path).orElse("elsewhere"),
        call.response().getStatusCode(),
        RequestIds.of(call));
  }

  /** On the event loop, which has the answer by then and counts what is not taken of it. */
  private static void end(RoutingContext call, Place place) {
    place.end();
    if (call.response().headers().contains(HttpHeaders.CONNECTION, HttpHeaders.CLOSE, true)) {
      RequestBodies.close(call);
    }
  }

  /** At once where it can be: the next request of the connection must not come before. */
  private static void on(Context loop, Runnable task) {
    if (Context.isOnEventLoopThread()) {
      task.run();
    } else {
      loop.runOnContext(_ -> task.run());
    }
  }

  private void check(RoutingContext call, Optional<Route> found) {
    if (found.isEmpty()) {
      refuse(call, NOWHERE, Problem.of(Problem.Kind.NOT_FOUND, "there is no such path"));
    } else {
      check(call, found.get());
    }
  }

  private void check(RoutingContext call, Route route) {
    HttpServerRequest request = call.request();
    String method = request.method().name();
    if (method.equals("OPTIONS")) {
      bodies.discard(call, route.bodyLimit());
      cors.preflight(call.request(), route);
      call.response().setStatusCode(204).putHeader(ALLOW, route.allow()).end();
    } else if (!route.allows(method)) {
      refuse(call, route.bodyLimit(), notAllowed(route));
    } else if (announced(request) > route.bodyLimit()) {
      RequestBodies.tooLarge(route.bodyLimit()).closing().answer().send(call);
    } else if (!hasRoom(route, method)) {
      refuse(call, route.bodyLimit(), room.full());
    } else {
      pass(call, route);
    }
  }

  private boolean hasRoom(Route route, String method) {
    return SMALL.contains(route)
        || !(method.equals("POST") ? room.isFullForSenders() : room.isFull());
  }

  private static Problem notAllowed(Route route) {
    return Problem.of(Problem.Kind.METHOD_NOT_ALLOWED, "this path knows " + route.allow())
        .with(ALLOW, route.allow());
  }

  /** The server has refused what is no number before. */
  private static long announced(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return length == null ? 0 : Long.parseLong(length);
  }

  /** A resource that takes a body reads it; for all others it goes by. */
  private void pass(RoutingContext call, Route route) {
    if (!WITH_BODY.contains(call.request().method())) {
      bodies.discard(call, route.bodyLimit());
    }
    if (route != Route.EVENTS) {
      MDC.put("request_id", RequestIds.of(call)); // sending passes it on itself, which costs less
    }
    call.next();
  }

  private void refuse(RoutingContext call, int bodyLimit, Problem problem) {
    bodies.discard(call, bodyLimit);
    problem.answer().send(call);
  }
}
