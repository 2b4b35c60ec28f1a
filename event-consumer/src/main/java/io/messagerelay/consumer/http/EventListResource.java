package io.messagerelay.consumer.http;

import io.messagerelay.consumer.http.Checked.Bad;
import io.messagerelay.consumer.http.Checked.Good;
import io.messagerelay.consumer.query.EventList;
import io.messagerelay.consumer.query.EventPage;
import io.messagerelay.consumer.query.EventQuery;
import io.messagerelay.consumer.store.StoreException;
import io.messagerelay.contract.Wire;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;

/** Shows stored events, a page or one. Works on a thread that may wait for the store. */
@Singleton
@Path("/event")
public final class EventListResource {
  static final String SCOPE = "events:read";

  static final String SSE = MediaType.SERVER_SENT_EVENTS;

  /** The list's; the streams are given by {@link EventStreams}. */
  static final List<String> TYPES = List.of(Wire.JSON, Wire.NDJSON, SSE);

  /** What an answer of the list depends on beside its address. */
  static final String VARY = "Accept, Accept-Encoding";

  /**
   * An event does not change, but it may be erased and its reader's token may end: a copy is for
   * this reader alone, and is asked after each time. A page has no such name and is not kept.
   */
  private static final String KEPT_AND_ASKED_AFTER = "private, no-cache";

  private final Guard guard;
  private final EventList list;
  private final AnswerRoom room;

  EventListResource(Guard guard, EventList list, AnswerRoom room) {
    this.guard = guard;
    this.list = list;
    this.room = room;
  }

  @GET
  public Response list(@Context RoutingContext call) {
    HttpServerRequest request = call.request();
    return read(call, TYPES, () -> Gzip.of(page(ListParameters.of(request)), request.headers()));
  }

  @GET
  @Path("{event_id}")
  public Response one(@Context RoutingContext call) {
    HttpServerRequest request = call.request();
    String id = EventPath.idIn(Objects.requireNonNull(request.path()));
    return read(call, List.of(Wire.JSON), () -> event(id, request));
  }

  private Response read(RoutingContext call, List<String> types, AnswerRoom.Making read) {
    Checked<String> checked =
        guard.admit(call, SCOPE).then(_ -> Negotiation.accepts(call.request().headers(), types));
    Answer answer =
        switch (checked) {
          case Good<String> _ -> room.make(call, read);
          case Bad<String>(var problem) -> problem.answer();
        };
    return answer.response(call);
  }

  private Answer event(String id, HttpServerRequest request) throws StoreException {
    return list.find(id)
        .map(event -> event(AnswerJson.event(event), request))
        .orElseGet(() -> Problem.of(Problem.Kind.NOT_FOUND, "no event has this id").answer());
  }

  private static Answer event(byte[] json, HttpServerRequest request) {
    // A resource adds to what the edge has said of caches.
    request.response().headers().remove(HttpHeaders.CACHE_CONTROL);
    EntityTag tag = EntityTag.of(json);
    Map<String, String> headers = Map.of("ETag", tag.text(), "Cache-Control", KEPT_AND_ASKED_AFTER);
    return tag.isKnown(request.headers())
        ? Answer.notModified(headers)
        : Answer.json(200, json, headers);
  }

  private Answer page(Map<String, List<String>> parameters) throws StoreException {
    return switch (list.query(parameters)) {
      case EventQuery.Reading.Valid(var query, var same) -> answer(same, list.read(query));
      case EventQuery.Reading.Faulty(var faults) -> ListParameters.invalid(faults).answer();
    };
  }

  private static Answer answer(Map<String, List<String>> parameters, EventPage page) {
    Map<String, String> headers =
        page.next() == null
            ? Map.of("Vary", VARY)
            : Map.of("Vary", VARY, "Link", link(parameters, page.next().text()));
    return Answer.json(200, AnswerJson.events(page.events()), headers);
  }

  /** The same list from where this page ends (RFC 8288). */
  private static String link(Map<String, List<String>> parameters, String cursor) {
    Map<String, List<String>> next = new LinkedHashMap<>(parameters);
    next.put("cursor", List.of(cursor));
    StringJoiner query = new StringJoiner("&", "</event?", ">; rel=\"next\"");
    next.forEach((name, values) -> values.forEach(v -> query.add(name + '=' + encoded(v))));
    return query.toString();
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
