package io.messagerelay.consumer.http;

import io.messagerelay.consumer.http.Checked.Bad;
import io.messagerelay.consumer.http.Checked.Good;
import io.messagerelay.consumer.http.connection.LimitTally;
import io.messagerelay.consumer.http.connection.LimitTally.Limit;
import io.messagerelay.consumer.query.EventList;
import io.messagerelay.consumer.query.EventQuery;
import io.messagerelay.consumer.query.EventView;
import io.messagerelay.consumer.query.ParameterFault;
import io.messagerelay.consumer.tail.Export;
import io.messagerelay.consumer.tail.StoreReads;
import io.messagerelay.consumer.tail.Streams;
import io.messagerelay.consumer.tail.Tail;
import io.messagerelay.contract.Wire;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answers {@code GET /event} with a stream to those who accept one: all there is, an event a line,
 * or each one as it comes. What is refused is refused before the first byte. Works on the request's
 * event loop and never blocks it; the stream has a thread of its own.
 */
@Singleton
final class EventStreams {
  /** Behind the filters, ahead of the resources. */
  private static final int ORDER = 0;

  private static final Duration ROOM_AFTER = Duration.ofSeconds(5);

  private final Guard guard;
  private final Streams streams;
  private final StoreReads reads;
  private final EventList list;
  private final Tail tail;
  private final ClientLimits clients;
  private final LimitTally tally;

  EventStreams(
      Guard guard,
      Streams streams,
      StoreReads reads,
      EventList list,
      Tail tail,
      ClientLimits clients,
      LimitTally tally) {
    this.guard = guard;
    this.streams = streams;
    this.reads = reads;
    this.list = list;
    this.tail = tail;
    this.clients = clients;
    this.tally = tally;
  }

  void register(@Observes Router router) {
    router
        .route(Route.EVENTS.path())
        .order(ORDER)
        .method(HttpMethod.GET)
        .method(HttpMethod.HEAD)
        .handler(this::handle);
  }

  private void handle(RoutingContext call) {
    switch (Negotiation.accepts(call.request().headers(), EventListResource.TYPES)) {
      case Good<String>(var type) when type.equals(Wire.NDJSON) -> answer(call, this::export);
      case Good<String>(var type) when type.equals(EventListResource.SSE) ->
          answer(call, this::follow);
      case Good<String> _ -> call.next();
      case Bad<String> _ -> call.next();
    }
  }

  private interface Kind {
    Checked<StreamOpening> opening(RoutingContext call, Guard.Admission admission);
  }

  private void answer(RoutingContext call, Kind kind) {
    Checked<StreamOpening> opening =
        guard
            .admission(call, EventListResource.SCOPE)
            .then(admission -> kind.opening(call, admission));
    switch (opening) {
      case Bad<StreamOpening>(var problem) -> problem.answer().send(call);
      case Good<StreamOpening>(var good) when call.request().method().equals(HttpMethod.HEAD) ->
          good.head();
      case Good<StreamOpening>(var good) -> open(call, good);
    }
  }

  private void open(RoutingContext call, StreamOpening opening) {
    clients.stream(call, opening.account())
        .or(() -> streams.open(opening).map(this::problem))
        .ifPresent(problem -> problem.answer().send(call));
  }

  private Problem problem(Streams.Refusal refusal) {
    return switch (refusal) {
      case TOO_MANY -> {
        tally.count(Limit.STREAMS);
        yield Problem.of(
                Problem.Kind.TOO_MANY_STREAMS, "ask again later, or read the list by pages")
            .retryAfter(ROOM_AFTER);
      }
      case DRAINING ->
          Problem.of(Problem.Kind.DRAINING, "ask another consumer").retryAfter(ROOM_AFTER);
    };
  }

  private Checked<StreamOpening> export(RoutingContext call, Guard.Admission admission) {
    Map<String, List<String>> parameters = ListParameters.of(call.request());
    Optional<ParameterFault> limit = ExportLimit.fault(parameters);
    Map<String, List<String>> others = new LinkedHashMap<>(parameters);
    others.remove(ExportLimit.NAME);
    return switch (list.query(others)) {
      case EventQuery.Reading.Valid(var query, _) when limit.isEmpty() ->
          new Good<>(
              new StreamOpening(
                  call,
                  Wire.NDJSON,
                  admission,
                  () -> Export.begin(reads, query, ExportLimit.of(parameters), EventView::line)));
      case EventQuery.Reading.Valid _ -> refused(limit, List.of());
      case EventQuery.Reading.Faulty(var faults) -> refused(limit, faults);
    };
  }

  private Checked<StreamOpening> follow(RoutingContext call, Guard.Admission admission) {
    String lastEventId = call.request().getHeader(FollowParameters.LAST_EVENT_ID);
    return new FollowParameters(ListParameters.of(call.request()), lastEventId)
        .read(list)
        .then(
            query ->
                new Good<>(
                    new StreamOpening(
                        call, EventListResource.SSE, admission, () -> tail.follow(query))));
  }

  private static Checked<StreamOpening> refused(
      Optional<ParameterFault> limit, List<ParameterFault> others) {
    List<ParameterFault> all = new ArrayList<>(others);
    limit.ifPresent(all::addFirst);
    return new Bad<>(ListParameters.invalid(all));
  }
}
