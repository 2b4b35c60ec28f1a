package io.messagerelay.consumer.http;

import io.messagerelay.consumer.http.Checked.Bad;
import io.messagerelay.consumer.http.Checked.Good;
import io.messagerelay.consumer.log.LogLevels;
import io.messagerelay.consumer.query.Rfc3339;
import io.messagerelay.contract.Wire;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows and changes how much this process logs. */
@Singleton
@Path("/log-level")
public final class LogLevelResource {
  private static final String SCOPE = "events:admin";
  private static final Logger LOG = LoggerFactory.getLogger(LogLevelResource.class);

  private final Guard guard;
  private final RequestBodies bodies;
  private final LogLevels levels;

  LogLevelResource(Guard guard, RequestBodies bodies, LogLevels levels) {
    this.guard = guard;
    this.bodies = bodies;
    this.levels = levels;
  }

  @GET
  public Response changed(@Context RoutingContext call) {
    return shown(
        call,
        guard.admit(call, SCOPE).then(_ -> Negotiation.acceptsJson(call.request().headers())));
  }

  @PUT
  public CompletionStage<Response> change(@Context RoutingContext call) {
    MultiMap headers = call.request().headers();
    Checked<String> checked =
        guard
            .admit(call, SCOPE)
            .then(
                account ->
                    Negotiation.acceptsJson(headers)
                        .then(_ -> Negotiation.bodyType(headers, List.of(Wire.JSON)))
                        .then(_ -> new Good<>(account)));
    int limit = Route.LOG_LEVEL.bodyLimit();
    return switch (checked) {
      case Good<String>(var account) ->
          bodies
              .read(call, limit, new WholeBody<>(LevelRequest::read))
              .thenApply(
                  body ->
                      shown(call, body.then(Function.identity()).then(r -> change(r, account))));
      case Bad<String> refused -> {
        bodies.discard(call, limit);
        yield CompletableFuture.completedFuture(shown(call, refused));
      }
    };
  }

  private Checked<String> change(LevelRequest request, String account) {
    if (!levels.change(request.category(), request.level(), request.length())) {
      String detail = "at most " + LogLevels.MOST + " categories are changed at once";
      return new Bad<>(Problem.of(Problem.Kind.INVALID_REQUEST, detail));
    }
    LOG.info(
        "{} set the log level of {} to {} for {} s",
        account,
        request.category(),
        request.level(),
        request.length().toSeconds());
    return new Good<>(account);
  }

  /** What is changed, for whoever may see it. */
  private Response shown(RoutingContext call, Checked<String> checked) {
    Answer answer =
        switch (checked) {
          case Good<String> _ -> Answer.json(200, json(levels.all()));
          case Bad<String>(var problem) -> problem.answer();
        };
    return answer.response(call);
  }

  private static byte[] json(List<LogLevels.Change> changes) {
    return AnswerJson.bytes(
        json -> {
          json.writeStartArray();
          for (LogLevels.Change change : changes) {
            json.writeStartObject();
            json.writeStringField("category", change.category());
            json.writeStringField("level", change.level().name());
            json.writeStringField("until", Rfc3339.text(change.until()));
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }
}
