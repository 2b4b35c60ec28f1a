package io.messagerelay.consumer.http;

import io.messagerelay.consumer.http.Checked.Bad;
import io.messagerelay.consumer.http.Checked.Good;
import io.messagerelay.consumer.intake.Intake;
import io.messagerelay.consumer.intake.IntakeResult;
import io.messagerelay.consumer.intake.IntakeResult.Committed;
import io.messagerelay.consumer.intake.IntakeResult.Deferred;
import io.messagerelay.consumer.intake.IntakeResult.Outcome;
import io.messagerelay.contract.BodyReading;
import io.messagerelay.contract.Event;
import io.messagerelay.contract.EventJson;
import io.messagerelay.contract.EventLimits;
import io.messagerelay.contract.Fault;
import io.messagerelay.contract.Glimpse;
import io.messagerelay.contract.Reading;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Takes events over HTTP: admits the request, reads its body as it arrives, hands the valid events
 * to the intake and answers when they are committed. Works on the request's event loop and never
 * blocks it.
 */
@Singleton
@Path("/event")
public final class EventResource {
  private final Senders senders;
  private final RequestBodies bodies;
  private final EventJson json;
  private final Intake intake;
  private final EventTally tally;

  EventResource(
      Senders senders, RequestBodies bodies, EventJson json, Intake intake, EventTally tally) {
    this.senders = senders;
    this.bodies = bodies;
    this.json = json;
    this.intake = intake;
    this.tally = tally;
  }

  @POST
  public CompletionStage<Response> post(@Context RoutingContext call) {
    return take(call).thenApply(answer -> answer.response(call));
  }

  /** The order of the checks is a promise: who asks, how much, what type, and then the body. */
  private CompletionStage<Answer> take(RoutingContext call) {
    var headers = call.request().headers();
    Checked<Arrival> checked =
        senders.admit(call).then(sender -> Arrival.of(sender, headers)).then(this::mayBeTaken);
    return switch (checked) {
      case Good<Arrival>(var arrival) ->
          bodies
              .read(call, EventLimits.BODY_BYTES, arrival.sink(json))
              .thenCompose(body -> store(arrival, body));
      case Bad<Arrival>(var problem) -> {
        bodies.discard(call, EventLimits.BODY_BYTES);
        yield refused(problem);
      }
    };
  }

  /** A body that would not be taken is not read: a flood of them would keep everybody waiting. */
  private Checked<Arrival> mayBeTaken(Arrival arrival) {
    Optional<Deferred> refusal = intake.refusal();
    if (refusal.isEmpty()) {
      return new Good<>(arrival);
    }
    tally.turnedAway(refusal.get().reason());
    return new Bad<>(EventProblems.deferred(refusal.get()));
  }

  private CompletionStage<Answer> store(Arrival arrival, Checked<BodyReading> body) {
    return switch (body) {
      case Bad<BodyReading>(var problem) -> refused(problem);
      case Good<BodyReading>(BodyReading.Single(var reading)) ->
          storeOne(arrival.sender(), reading);
      case Good<BodyReading>(BodyReading.Batch(var readings)) -> storeAll(arrival, readings);
      case Good<BodyReading>(BodyReading.Malformed(var fault, var glimpse)) -> {
        tally.malformed(arrival.sender(), fault, glimpse);
        yield refused(EventProblems.malformed(fault));
      }
      case Good<BodyReading>(BodyReading.TooMany()) -> refused(EventProblems.tooMany());
    };
  }

  private CompletionStage<Answer> storeOne(Sender sender, Reading reading) {
    tally.received(1);
    return switch (reading) {
      case Reading.Valid(var event) ->
          intake.submit(List.of(event)).thenApply(result -> answer(sender, event, result));
      case Reading.Faulty(var id, var faults, var glimpse) -> {
        tally.rejected(sender, id, glimpse, faults);
        yield refused(EventProblems.invalid(faults));
      }
      case Reading.TooLarge(var id, var bytes) -> {
        tally.rejected(sender, id, Glimpse.NONE, List.of(Batch.tooLarge(bytes)));
        yield refused(Problem.of(Problem.Kind.TOO_LARGE, Batch.tooLarge(bytes).detail()));
      }
    };
  }

  private Answer answer(Sender sender, Event event, IntakeResult result) {
    return switch (result) {
      case Committed(var outcomes, _) -> answer(sender, event, outcomes.getFirst());
      case Deferred deferred -> {
        tally.deferred(1, deferred.reason());
        yield EventProblems.deferred(deferred).answer();
      }
    };
  }

  private Answer answer(Sender sender, Event event, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Stored(var position) -> {
        tally.stored(sender, event, position);
        byte[] body = AnswerJson.success(event.id(), position, false);
        yield Answer.json(201, body, Map.of("Location", EventPath.of(event.id())));
      }
      case Outcome.Duplicate(var position) -> {
        tally.duplicate(sender, event, position);
        yield Answer.json(200, AnswerJson.success(event.id(), position, true));
      }
      case Outcome.Conflict() -> {
        tally.conflict(sender, event);
        yield EventProblems.conflict().answer();
      }
      case Outcome.Refused(var detail) -> {
        List<Fault> faults = List.of(new Fault("", detail));
        tally.rejected(sender, event, faults);
        yield EventProblems.invalid(faults).answer();
      }
    };
  }

  private CompletionStage<Answer> storeAll(Arrival arrival, List<Reading> readings) {
    if (arrival.idempotencyKey() != null) {
      return refused(Arrival.keyWithBatch());
    }
    senders.charge(arrival.sender(), readings.size());
    tally.received(readings.size());
    Batch batch = new Batch(arrival.sender(), readings, tally);
    List<Event> events = batch.events();
    return events.isEmpty()
        ? CompletableFuture.completedFuture(batch.answer(List.of()))
        : intake.submit(events).thenApply(result -> answer(batch, result));
  }

  private Answer answer(Batch batch, IntakeResult result) {
    return switch (result) {
      case Committed(var outcomes, _) -> batch.answer(outcomes);
      case Deferred deferred -> {
        tally.deferred(batch.size(), deferred.reason());
        yield EventProblems.deferred(deferred).answer();
      }
    };
  }

  private static CompletionStage<Answer> refused(Problem problem) {
    return CompletableFuture.completedFuture(problem.answer());
  }
}
