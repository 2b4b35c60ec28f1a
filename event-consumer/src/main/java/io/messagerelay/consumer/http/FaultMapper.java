package io.messagerelay.consumer.http;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last word on what no resource answered for. */
final class FaultMapper {
  private static final Logger LOG = LoggerFactory.getLogger(FaultMapper.class);

  @ServerExceptionMapper
  Response map(Throwable fault, RoutingContext call) {
    Problem problem =
        fault instanceof WebApplicationException refused
            ? problem(refused.getResponse().getStatus())
            : fault(fault, call);
    return problem.answer().response(call);
  }

  /** Says it in the log; who asked is told no more than that. */
  static Problem fault(Throwable fault, RoutingContext call) {
    LOG.error(
        "the request {} failed by a fault of this service; please report it",
        RequestIds.of(call),
        fault);
    return problem(500);
  }

  /** What the framework refuses by itself has no detail of ours. */
  static Problem problem(int status) {
    Problem.Kind kind =
        Arrays.stream(Problem.Kind.values())
            .filter(k -> k.status() == status)
            .findFirst()
            .orElse(Problem.Kind.INTERNAL_ERROR);
    return Problem.of(kind, kind.title());
  }
}
