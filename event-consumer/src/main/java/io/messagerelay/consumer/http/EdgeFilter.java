package io.messagerelay.consumer.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What is checked before a request reaches its resource: head, path, method and announced size, in
 * this order. Also sets the headers that every answer has.
 */
@Singleton
final class EdgeFilter {
  /** Before everything of the framework, its own limit of bodies included. */
  private static final int FIRST = 1_000;

  private static final Set<Integer> UNROUTED = Set.of(400, 404);

  private static final String ALLOW = "Allow";

  /** The largest body that is let go by on a path that does not exist. */
  private static final int NOWHERE = Route.EVENTS.bodyLimit();

  private final RequestBodies bodies;

  EdgeFilter(RequestBodies bodies) {
    this.bodies = bodies;
  }

  void register(@Observes Filters filters) {
    filters.register(this::check, FIRST);
  }

  /** What the router refuses before any filter sees it: no Host, or a target that is no path. */
  void register(@Observes Router router) {
    router.route().order(Integer.MIN_VALUE).failureHandler(EdgeFilter::refuseUnrouted);
  }

  private static void refuseUnrouted(RoutingContext call) {
    if (UNROUTED.contains(call.statusCode()) && !call.response().headWritten()) {
      prepare(call);
      FaultMapper.problem(call.statusCode()).closing().answer().send(call.response());
    } else {
      call.next();
    }
  }

  private void check(RoutingContext call) {
    RequestHead.fault(call.request())
        .ifPresentOrElse(
            problem -> {
              prepare(call);
              problem.answer().send(call.response());
            },
            () -> checkPath(call));
  }

  private void checkPath(RoutingContext call) {
    String path = Objects.requireNonNull(call.request().path());
    String canonical = Route.canonical(path);
    if (canonical.equals(path)) {
      prepare(call);
      check(call, Route.of(path, call.normalizedPath()));
    } else {
      String query = call.request().query();
      call.reroute(query == null ? canonical : canonical + '?' + query);
    }
  }

  /**
   * Nothing here is for caches, frames or guesses at its type. An answer that ends its connection
   * does so once it is out.
   */
  private static void prepare(RoutingContext call) {
    HttpServerResponse response = call.response();
    response
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    Context loop = call.vertx().getOrCreateContext();
    call.addEndHandler(
        _ -> {
          if (response.headers().contains(HttpHeaders.CONNECTION, HttpHeaders.CLOSE, true)) {
            on(loop, () -> RequestBodies.close(call));
          }
        });
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
      call.response().setStatusCode(204).putHeader(ALLOW, route.allow()).end();
    } else if (!route.allows(method)) {
      refuse(call, route.bodyLimit(), notAllowed(route));
    } else if (announced(request) > route.bodyLimit()) {
      RequestBodies.tooLarge(route.bodyLimit()).closing().answer().send(call.response());
    } else {
      pass(call, route);
    }
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
    if (!call.request().method().equals(HttpMethod.POST)) {
      bodies.discard(call, route.bodyLimit());
    }
    call.next();
  }

  private void refuse(RoutingContext call, int bodyLimit, Problem problem) {
    bodies.discard(call, bodyLimit);
    problem.answer().send(call.response());
  }
}
