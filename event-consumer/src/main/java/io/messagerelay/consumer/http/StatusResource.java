package io.messagerelay.consumer.http;

import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletionStage;

/** Tells a supervisor how the service is, and a visitor where to look. */
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
  public CompletionStage<Response> ready() {
    return readiness
        .obstacle()
        .thenApply(
            obstacle -> obstacle.map(problem -> problem.answer().response()).orElseGet(this::ok));
  }

  /** Whether the process works at all; when it does not answer it should be started again. */
  @GET
  @Path("health/live")
  public Response live() {
    return ok();
  }

  private Response ok() {
    return Response.ok("ok", MediaType.TEXT_PLAIN).header(HttpHeaders.CONTENT_LENGTH, 2).build();
  }

  @GET
  public Response root() {
    return Response.status(302)
        .header(HttpHeaders.LOCATION, "/docs")
        .header(HttpHeaders.CONTENT_LENGTH, 0)
        .build();
  }
}
