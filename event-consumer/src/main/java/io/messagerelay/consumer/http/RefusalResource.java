package io.messagerelay.consumer.http;

import io.messagerelay.consumer.http.Checked.Bad;
import io.messagerelay.consumer.http.Checked.Good;
import io.messagerelay.consumer.refusal.RefusalList;
import io.messagerelay.consumer.refusal.RefusalQuery;
import io.messagerelay.consumer.store.StoreException;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Shows what was refused, a page. Works on a thread that may wait for the store. */
@Singleton
@Path("/refusal")
public final class RefusalResource {
  private static final String SCOPE = "events:read";

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
          case Good<String> _ -> room.make(call, () -> page(ListParameters.of(call.request())));
          case Bad<String>(var problem) -> problem.answer();
        };
    return answer.response(call);
  }

  private Answer page(Map<String, List<String>> parameters) throws StoreException {
    return switch (RefusalQuery.read(parameters, list.storeId())) {
      case RefusalQuery.Reading.Valid(var query) -> page(query);
      case RefusalQuery.Reading.Faulty(var faults) -> ListParameters.invalid(faults).answer();
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
}
