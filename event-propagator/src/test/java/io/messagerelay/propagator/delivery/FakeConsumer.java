package io.messagerelay.propagator.delivery;

import io.messagerelay.propagator.spool.Settlement;
import io.messagerelay.propagator.spool.SpooledEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A consumer behind a sender: stores each id once, in the order they come. */
final class FakeConsumer implements EventSender {
  final List<Integer> batchSizes = new ArrayList<>();
  private final Set<String> stored = new LinkedHashSet<>();
  private final Set<String> refused = new LinkedHashSet<>();
  private final Set<String> poison = new LinkedHashSet<>();
  private final Set<String> ailing = new LinkedHashSet<>();
  private Optional<Delivery> mood = Optional.empty();
  private Runnable meanwhile = () -> {};

  /** Does not answer. */
  FakeConsumer away() {
    return answers(new Delivery.Away("away", Optional.empty()));
  }

  /** Answers everything with this, and stores nothing. */
  FakeConsumer answers(Delivery delivery) {
    mood = Optional.of(delivery);
    return this;
  }

  FakeConsumer busyFor(Duration asked) {
    return answers(new Delivery.Away("busy", Optional.of(asked)));
  }

  FakeConsumer back() {
    mood = Optional.empty();
    return this;
  }

  /** Refuses this event and says so, in a batch too. */
  FakeConsumer refuses(String id) {
    refused.add(id);
    return this;
  }

  /** Refuses every batch with this event without saying why. */
  FakeConsumer chokesOn(String id) {
    poison.add(id);
    return this;
  }

  /** Fails on every request with this event. */
  FakeConsumer failsOn(String id) {
    ailing.add(id);
    return this;
  }

  /** Fails on it no more. */
  FakeConsumer mends(String id) {
    ailing.remove(id);
    return this;
  }

  /** Does this, once, before its next answer arrives. */
  void whileWaitedFor(Runnable action) {
    meanwhile = action;
  }

  List<String> stored() {
    return List.copyOf(stored);
  }

  @Override
  public Sending send(List<SpooledEvent> batch) {
    batchSizes.add(batch.size());
    Delivery delivery = mood.orElseGet(() -> answer(batch));
    return () -> {
      meanwhile.run();
      meanwhile = () -> {};
      return delivery;
    };
  }

  private Delivery answer(List<SpooledEvent> batch) {
    if (batch.stream().anyMatch(event -> ailing.contains(event.eventId()))) {
      return new Delivery.Deferred("answered 500", Optional.empty());
    }
    if (batch.size() > 1 && batch.stream().anyMatch(event -> poison.contains(event.eventId()))) {
      return new Delivery.TooBig("400 to " + batch.size() + " events");
    }
    return new Delivery.Answered(batch.stream().map(this::settlement).toList());
  }

  private Settlement settlement(SpooledEvent event) {
    String id = event.eventId();
    if (refused.contains(id) || poison.contains(id)) {
      return new Settlement.Dead(event, 400, List.of("/event_type must be a string"));
    }
    return stored.add(id) ? new Settlement.Delivered(event) : new Settlement.Duplicate(event);
  }
}
