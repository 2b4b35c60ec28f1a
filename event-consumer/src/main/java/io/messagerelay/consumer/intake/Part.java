package io.messagerelay.consumer.intake;

import io.messagerelay.consumer.intake.IntakeResult.Outcome;
import io.messagerelay.consumer.intake.IntakeResult.Reason;
import io.messagerelay.consumer.store.EventStore.Appended;
import io.messagerelay.contract.Event;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** What one transaction takes: whole requests, or a piece of one. */
record Part(List<Slice> slices) {

  /** Events of one request, {@code from} inclusive to {@code to} exclusive. */
  record Slice(Submission request, int from, int to) {
    int size() {
      return to - from;
    }
  }

  static Part of(List<Submission> requests) {
    return new Part(
        requests.stream().map(request -> new Slice(request, 0, request.events().size())).toList());
  }

  List<Event> events() {
    List<Event> events = new ArrayList<>();
    for (Slice slice : slices) {
      events.addAll(slice.request().events().subList(slice.from(), slice.to()));
    }
    return events;
  }

  boolean isOneEvent() {
    return slices.size() == 1 && slices.getFirst().size() == 1;
  }

  /** Two parts in order: requests stay whole as long as there are several. */
  List<Part> halves() {
    if (slices.size() > 1) {
      int middle = slices.size() / 2;
      return List.of(
          new Part(slices.subList(0, middle)), new Part(slices.subList(middle, slices.size())));
    }
    Slice slice = slices.getFirst();
    int middle = slice.from() + slice.size() / 2;
    return List.of(
        new Part(List.of(new Slice(slice.request(), slice.from(), middle))),
        new Part(List.of(new Slice(slice.request(), middle, slice.to()))));
  }

  /** One result an event, in order. Returns the requests that have all their answers now. */
  List<Submission> settle(List<Appended> results) {
    Iterator<Appended> result = results.iterator();
    for (Slice slice : slices) {
      for (int i = slice.from(); i < slice.to(); i++) {
        slice.request().settle(i, outcome(result.next()));
      }
    }
    return settled();
  }

  private static Outcome outcome(Appended appended) {
    return switch (appended) {
      case Appended.Stored(long position) -> new Outcome.Stored(position);
      case Appended.Duplicate(long position) -> new Outcome.Duplicate(position);
      case Appended.Conflict() -> new Outcome.Conflict();
    };
  }

  /** The one event of this part cannot be stored. */
  List<Submission> refuse(String detail) {
    Slice slice = slices.getFirst();
    slice.request().settle(slice.from(), new Outcome.Refused(detail));
    return settled();
  }

  List<Submission> defer(Reason reason) {
    for (Slice slice : slices) {
      slice.request().defer(slice.size(), reason);
    }
    return settled();
  }

  List<Submission> requests() {
    return slices.stream().map(Slice::request).toList();
  }

  private List<Submission> settled() {
    return requests().stream().filter(Submission::isSettled).toList();
  }
}
