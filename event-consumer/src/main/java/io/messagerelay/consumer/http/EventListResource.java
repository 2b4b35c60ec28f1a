package io.messagerelay.consumer.http;

import io.messagerelay.consumer.http.Checked.Bad;
import io.messagerelay.consumer.http.Checked.Good;
import io.messagerelay.consumer.query.EventList;
import io.messagerelay.consumer.query.EventPage;
import io.messagerelay.consumer.query.EventQuery;
import io.messagerelay.consumer.query.ParameterFault;
import io.messagerelay.consumer.store.StoreException;
import io.messagerelay.contract.Fault;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;

/** Shows stored events, a page or one. Works on a thread that may wait for the store. */
@Singleton
@Path("/event")
public final class EventListResource {
  private static final String SCOPE = "events:read";
  private static final Duration SOON = Duration.ofSeconds(1);

  private final Guard guard;
  private final EventList list;

  EventListResource(Guard guard, EventList list) {
    this.guard = guard;
    this.list = list;
  }

  private interface Read {
    Answer answer() throws StoreException;
  }

  @GET
  public Response list(@Context HttpServerRequest request) {
    boolean semicolonIsNoSeparator = true;
    return read(request, () -> page(parameters(request.params(semicolonIsNoSeparator))));
  }

  @GET
  @Path("{event_id}")
  public Response one(@Context HttpServerRequest request) {
    String id = EventPath.idIn(Objects.requireNonNull(request.path()));
    return read(request, () -> event(id));
  }

  private Response read(HttpServerRequest request, Read read) {
    Checked<String> checked =
        guard.admit(request.headers(), SCOPE).then(_ -> Negotiation.acceptsJson(request.headers()));
    Answer answer =
        switch (checked) {
          case Good<String> _ -> answer(read);
          case Bad<String>(var problem) -> problem.answer();
        };
    return answer.response();
  }

  private static Answer answer(Read read) {
    try {
      return read.answer();
    } catch (StoreException e) {
      return Problem.of(Problem.Kind.STORE_UNAVAILABLE, "it could not be read")
          .retryAfter(SOON)
          .answer();
    }
  }

  private Answer event(String id) throws StoreException {
    return list.find(id)
        .map(event -> Answer.json(200, AnswerJson.event(event)))
        .orElseGet(() -> Problem.of(Problem.Kind.NOT_FOUND, "no event has this id").answer());
  }

  private Answer page(Map<String, List<String>> parameters) throws StoreException {
    return switch (list.query(parameters)) {
      case EventQuery.Reading.Valid(var query, var same) -> answer(same, list.read(query));
      case EventQuery.Reading.Faulty(var faults) -> invalid(faults).answer();
    };
  }

  private static Answer answer(Map<String, List<String>> parameters, EventPage page) {
    Map<String, String> headers =
        page.next() == null ? Map.of() : Map.of("Link", link(parameters, page.next().text()));
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

  private static Map<String, List<String>> parameters(MultiMap given) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    given.names().forEach(name -> parameters.put(name, given.getAll(name)));
    return parameters;
  }

  private static Problem invalid(List<ParameterFault> faults) {
    List<Fault> errors =
        faults.stream().map(f -> new Fault("", f.parameter() + ' ' + f.detail())).toList();
    return Problem.of(Problem.Kind.INVALID_PARAMETER, errors.getFirst().detail(), errors);
  }
}
