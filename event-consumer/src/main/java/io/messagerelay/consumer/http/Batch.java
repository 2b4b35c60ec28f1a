package io.messagerelay.consumer.http;

import io.messagerelay.consumer.intake.IntakeResult.Outcome;
import io.messagerelay.contract.Event;
import io.messagerelay.contract.EventLimits;
import io.messagerelay.contract.Fault;
import io.messagerelay.contract.Glimpse;
import io.messagerelay.contract.Reading;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Many events in one request: one result an item, in order, and a good one beside a bad one. */
final class Batch {
  static final Fault CONFLICT =
      new Fault(
          "/event_id", "is taken by an event of another type or payload, which stays as it is");

  private final Sender sender;
  private final List<Reading> readings;
  private final EventTally tally;

  /**
   * @param sender who sends it
   */
  Batch(Sender sender, List<Reading> readings, EventTally tally) {
    this.sender = sender;
    this.readings = readings;
    this.tally = tally;
  }

  /** How many items there are, bad ones among them. */
  int size() {
    return readings.size();
  }

  /** Those that can be stored, in order. */
  List<Event> events() {
    List<Event> events = new ArrayList<>(readings.size());
    for (Reading reading : readings) {
      if (reading instanceof Reading.Valid(var event)) {
        events.add(event);
      }
    }
    return events;
  }

  /**
   * @param outcomes one for each of {@link #events}
   */
  Answer answer(List<Outcome> outcomes) {
    if (readings.isEmpty()) {
      return Problem.of(Problem.Kind.INVALID_BATCH, "the batch is empty").answer();
    }
    Iterator<Outcome> next = outcomes.iterator();
    List<ItemResult> results = readings.stream().map(reading -> result(reading, next)).toList();
    return results.stream().allMatch(ItemResult::isRejected)
        ? Problem.ofBatch(results).answer()
        : Answer.json(200, AnswerJson.batch(results));
  }

  private ItemResult result(Reading reading, Iterator<Outcome> outcomes) {
    return switch (reading) {
      case Reading.Valid(var event) -> result(event, outcomes.next());
      case Reading.Faulty(var id, var faults, var glimpse) -> {
        tally.rejected(sender, id, glimpse, faults);
        yield ItemResult.rejected(id, faults);
      }
      case Reading.TooLarge(var id, var bytes) -> {
        List<Fault> faults = List.of(tooLarge(bytes));
        tally.rejected(sender, id, Glimpse.NONE, faults);
        yield ItemResult.rejected(id, faults);
      }
    };
  }

  private ItemResult result(Event event, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Stored(var position) -> {
        tally.stored(sender, event, position);
        yield ItemResult.stored(event.id(), position);
      }
      case Outcome.Duplicate(var position) -> {
        tally.duplicate(sender, event, position);
        yield ItemResult.duplicate(event.id(), position);
      }
      case Outcome.Conflict() -> {
        tally.conflict(sender, event);
        yield ItemResult.rejected(event.id(), List.of(CONFLICT));
      }
      case Outcome.Refused(var detail) -> {
        List<Fault> faults = List.of(new Fault("", detail));
        tally.rejected(sender, event, faults);
        yield ItemResult.rejected(event.id(), faults);
      }
    };
  }

  static Fault tooLarge(int bytes) {
    return new Fault(
        "", "an event has at most %d bytes, not %d".formatted(EventLimits.EVENT_BYTES, bytes));
  }
}
