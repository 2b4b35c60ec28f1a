package io.messagerelay.consumer.http;

import io.messagerelay.consumer.http.Checked.Bad;
import io.messagerelay.consumer.http.Checked.Good;
import io.messagerelay.consumer.stats.EventStats;
import io.messagerelay.consumer.stats.StatsPage;
import io.messagerelay.consumer.stats.StatsQuery;
import io.messagerelay.consumer.store.StoreException;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Shows how many events were stored when. Works on a thread that may wait for the store. */
@Singleton
@Path("/stats")
public final class StatsResource {
  private static final String SCOPE = "events:read";

  private final Guard guard;
  private final EventStats stats;
  private final AnswerRoom room;

  StatsResource(Guard guard, EventStats stats, AnswerRoom room) {
    this.guard = guard;
    this.stats = stats;
    this.room = room;
  }

  @GET
  public Response counts(@Context RoutingContext call) {
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
    return switch (stats.query(parameters)) {
      case StatsQuery.Reading.Valid(var query) -> page(query, stats.read(query));
      case StatsQuery.Reading.Faulty(var faults) -> ListParameters.invalid(faults).answer();
    };
  }

  private static Answer page(StatsQuery query, StatsPage page) {
    Map<String, String> headers =
        page.more() ? Map.of("Link", link(query, page)) : Map.<String, String>of();
    return Answer.json(200, StatsJson.page(page), headers);
  }

  /** The hours behind this page (RFC 8288). */
  private static String link(StatsQuery query, StatsPage page) {
    StringJoiner link = new StringJoiner("&", "</stats?", ">; rel=\"next\"");
    link.add("since=" + page.until()).add("until=" + query.until());
    query.types().forEach(t -> link.add("type=" + URLEncoder.encode(t, StandardCharsets.UTF_8)));
    return link.toString();
  }
}
