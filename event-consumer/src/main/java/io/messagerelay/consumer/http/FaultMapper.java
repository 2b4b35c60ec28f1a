package io.messagerelay.consumer.http;

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
  Response map(Throwable fault) {
    if (fault instanceof WebApplicationException refused) {
      return problem(refused.getResponse().getStatus()).answer().response();
    }
    return fault(fault).answer().response();
  }

  /** Says it in the log; who asked is told no more than that. */
  static Problem fault(Throwable fault) {
    LOG.error("a request failed by a fault of this service; please report it", fault);
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
