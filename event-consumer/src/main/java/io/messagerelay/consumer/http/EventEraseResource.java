package io.messagerelay.consumer.http;

import io.messagerelay.consumer.http.Checked.Bad;
import io.messagerelay.consumer.http.Checked.Good;
import io.messagerelay.consumer.retention.Eraser;
import io.messagerelay.consumer.store.StoreException;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Objects;

/** Erases what one event carried. Works on a thread that may wait for the store. */
@Singleton
@Path("/event")
public final class EventEraseResource {
  private static final String SCOPE = "events:admin";
  private static final Duration SOON = Duration.ofSeconds(1);

  private final Guard guard;
  private final Eraser eraser;

  EventEraseResource(Guard guard, Eraser eraser) {
    this.guard = guard;
    this.eraser = eraser;
  }

  @DELETE
  @Path("{event_id}")
  public Response erase(@Context RoutingContext call) {
    String id = EventPath.idIn(Objects.requireNonNull(call.request().path()));
    Checked<String> erased = guard.admit(call, SCOPE).then(account -> erase(id, account));
    return switch (erased) {
      case Good<String> _ -> Response.noContent().build();
      case Bad<String>(var problem) -> problem.answer().response(call);
    };
  }

  private Checked<String> erase(String id, String account) {
    try {
      return eraser.erase(id, account)
          ? new Good<>(id)
          : new Bad<>(Problem.of(Problem.Kind.NOT_FOUND, "no event has this id"));
    } catch (StoreException e) {
      return new Bad<>(
          Problem.of(Problem.Kind.STORE_UNAVAILABLE, "the event may not be erased yet; ask again")
              .retryAfter(SOON));
    }
  }
}
