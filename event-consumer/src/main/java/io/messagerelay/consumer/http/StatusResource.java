package io.messagerelay.consumer.http;

import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;

/** Tells a supervisor how the service is. */
@Singleton
@Path("/")
public final class StatusResource {
  private final Readiness readiness;

  StatusResource(Readiness readiness) {
    this.readiness = readiness;
  }

  /** Whether events should be sent here. */
  @GET
  @Path("ready")
  public CompletionStage<Response> ready(@Context RoutingContext call) {
    return readiness
        .obstacle()
        .thenApply(
            obstacle ->
                obstacle.map(problem -> problem.answer().response(call)).orElseGet(this::ok));
  }

  /** The same where others look for it. */
  @GET
  @Path("health/ready")
  public CompletionStage<Response> healthReady(@Context RoutingContext call) {
    return ready(call);
  }

  /** Whether the process works at all; when it does not answer it should be started again. */
  @GET
  @Path("health/live")
  public Response live() {
    return ok();
  }

  /** Whether it has started: the port is opened after the store, so whoever is answered knows. */
  @GET
  @Path("health/started")
  public Response started() {
    return ok();
  }

  private Response ok() {
    return Response.ok("ok", MediaType.TEXT_PLAIN).header(HttpHeaders.CONTENT_LENGTH, 2).build();
  }
}
