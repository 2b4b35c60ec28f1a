package io.messagerelay.consumer.http;

import io.messagerelay.consumer.http.Checked.Bad;
import io.messagerelay.consumer.http.Checked.Good;
import io.messagerelay.consumer.overview.Activity;
import io.messagerelay.consumer.overview.Propagators;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Shows how this process does. Works on the request's event loop and never blocks it. */
@Singleton
@Path("/overview")
public final class OverviewResource {
  private static final String SCOPE = "events:read";

  private final Guard guard;
  private final Readiness readiness;
  private final Activity activity;
  private final Propagators propagators;
  private final Service service;

  /**
   * What does not change while the process lives.
   *
   * @param store where events are, without a password
   */
  public record Service(String version, String store) {}

  OverviewResource(
      Guard guard,
      Readiness readiness,
      Activity activity,
      Propagators propagators,
      Service service) {
    this.guard = guard;
    this.readiness = readiness;
    this.activity = activity;
    this.propagators = propagators;
    this.service = service;
  }

  @GET
  public CompletionStage<Response> overview(@Context RoutingContext call) {
    Checked<String> checked =
        guard.admit(call, SCOPE).then(_ -> Negotiation.acceptsJson(call.request().headers()));
    CompletionStage<Answer> answer =
        switch (checked) {
          case Good<String> _ -> overview();
          case Bad<String>(var problem) -> CompletableFuture.completedFuture(problem.answer());
        };
    return answer.thenApply(told -> told.response(call));
  }

  private CompletionStage<Answer> overview() {
    return readiness
        .obstacle()
        .thenApply(
            obstacle ->
                Answer.json(
                    200,
                    OverviewJson.of(activity.overview(), propagators.all(), service, obstacle)));
  }
}
