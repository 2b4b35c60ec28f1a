package io.messagerelay.consumer.http;

import io.messagerelay.consumer.http.Checked.Bad;
import io.messagerelay.consumer.http.Checked.Good;
import io.messagerelay.consumer.query.ParameterFault;
import io.messagerelay.consumer.refusal.RefusalList;
import io.messagerelay.consumer.refusal.RefusalQuery;
import io.messagerelay.consumer.store.StoreException;
import io.messagerelay.contract.Fault;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Shows what was refused, a page. Works on a thread that may wait for the store. */
@Singleton
@Path("/refusal")
public final class RefusalResource {
  private static final String SCOPE = "events:read";
  private static final Duration SOON = Duration.ofSeconds(1);

  private final Guard guard;
  private final RefusalList list;
  private final AnswerRoom room;

  RefusalResource(Guard guard, RefusalList list, AnswerRoom room) {
    this.guard = guard;
    this.list = list;
    this.room = room;
  }

  @GET
  public Response list(@Context RoutingContext call) {
    Checked<String> checked =
        guard.admit(call, SCOPE).then(_ -> Negotiation.acceptsJson(call.request().headers()));
    Answer answer =
        switch (checked) {
          case Good<String> _ -> answer(call);
          case Bad<String>(var problem) -> problem.answer();
        };
    return answer.response();
  }

  private Answer answer(RoutingContext call) {
    try {
      return room.make(call, () -> page(call.request()));
    } catch (StoreException e) {
      return Problem.of(Problem.Kind.STORE_UNAVAILABLE, "it could not be read")
          .retryAfter(SOON)
          .answer();
    }
  }

  private Answer page(HttpServerRequest request) throws StoreException {
    boolean semicolonIsNoSeparator = true;
    MultiMap given = request.params(semicolonIsNoSeparator);
    Map<String, List<String>> parameters = new HashMap<>();
    given.names().forEach(name -> parameters.put(name, given.getAll(name)));
    return switch (RefusalQuery.read(parameters, list.storeId())) {
      case RefusalQuery.Reading.Valid(var query) -> page(query);
      case RefusalQuery.Reading.Faulty(var faults) -> invalid(faults).answer();
    };
  }

  private Answer page(RefusalQuery query) throws StoreException {
    RefusalList.Page page = list.read(query);
    Map<String, String> headers = new HashMap<>();
    page.next()
        .ifPresent(
            next -> headers.put("Link", link("limit=" + query.limit(), "cursor=" + next.text())));
    return Answer.json(200, AnswerJson.refusals(page.refusals()), headers);
  }

  /** The same list from where this page ends (RFC 8288). */
  private static String link(String limit, String cursor) {
    return "</refusal?" + limit + '&' + cursor + ">; rel=\"next\"";
  }

  private static Problem invalid(List<ParameterFault> faults) {
    List<Fault> errors =
        faults.stream().map(f -> new Fault("", f.parameter() + ' ' + f.detail())).toList();
    return Problem.of(Problem.Kind.INVALID_PARAMETER, errors.getFirst().detail(), errors);
  }
}
