package io.messagerelay.consumer.store;

import io.messagerelay.contract.Event;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Keeps events in memory, and fails when it is told to. Shared by threads. */
public final class FakeEventStore implements EventStore {
  private final Clock clock;
  private final List<StoredEvent> events = new ArrayList<>();
  private final Map<String, StoredEvent> byId = new HashMap<>();
  private final List<Integer> appends = new ArrayList<>();
  private final Deque<StoreException.Kind> failures = new ArrayDeque<>();
  private Predicate<Event> refused = event -> false;
  private boolean away;
  private @Nullable RuntimeException bug;
  private @Nullable Runnable meanwhile;

  public FakeEventStore(Clock clock) {
    this.clock = clock;
  }

  /** The next appends fail like this, one each. */
  public synchronized void failNext(StoreException.Kind... kinds) {
    failures.addAll(List.of(kinds));
  }

  /** Every append fails until {@link #back}. */
  public synchronized void away() {
    away = true;
  }

  public synchronized void back() {
    away = false;
  }

  /** Groups with such an event are refused. */
  public synchronized void refuse(Predicate<Event> which) {
    refused = which;
  }

  /** Appends throw this. */
  public synchronized void breakWith(RuntimeException e) {
    bug = e;
  }

  /** This happens in the middle of the next append. */
  public synchronized void duringNext(Runnable event) {
    meanwhile = event;
  }

  /** How many events each append brought, in order, failed ones included. */
  public synchronized List<Integer> appends() {
    return List.copyOf(appends);
  }

  public synchronized List<StoredEvent> all() {
    return List.copyOf(events);
  }

  @Override
  public synchronized List<Appended> append(List<Event> group) throws StoreException {
    appends.add(group.size());
    Runnable now = meanwhile;
    meanwhile = null;
    if (now != null) {
      now.run();
    }
    if (bug != null) {
      throw bug;
    }
    if (away) {
      throw new StoreException(StoreException.Kind.UNAVAILABLE, "the store is away");
    }
    StoreException.Kind failure = failures.poll();
    if (failure != null) {
      throw new StoreException(failure, "told to fail");
    }
    if (group.stream().anyMatch(refused)) {
      throw new StoreException(StoreException.Kind.REFUSED, "not this one");
    }
    Instant received = nextTime();
    return group.stream().map(event -> append(event, received)).toList();
  }

  private Instant nextTime() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    boolean back = !events.isEmpty() && events.getLast().receivedTime().isAfter(now);
    return back ? events.getLast().receivedTime() : now;
  }

  private Appended append(Event event, Instant received) {
    StoredEvent there = byId.get(event.id());
    if (there != null) {
      boolean same = Arrays.equals(there.event().contentDigest(), event.contentDigest());
      return same ? new Appended.Duplicate(there.position()) : new Appended.Conflict();
    }
    StoredEvent stored = new StoredEvent(events.size() + 1L, event, received);
    events.add(stored);
    byId.put(event.id(), stored);
    return new Appended.Stored(stored.position());
  }

  @Override
  public synchronized Optional<StoredEvent> find(String eventId) {
    return Optional.ofNullable(byId.get(eventId));
  }

  @Override
  public synchronized List<StoredEvent> page(Page page) {
    List<StoredEvent> ordered = new ArrayList<>(events);
    if (!page.ascending()) {
      Collections.reverse(ordered);
    }
    return ordered.stream()
        .filter(event -> event.position() >= page.from() && event.position() < page.before())
        .filter(event -> isOf(page, event.event()))
        .limit(page.limit())
        .toList();
  }

  private static boolean isOf(Page page, Event event) {
    return page.types().isEmpty() || page.types().contains(event.type());
  }

  @Override
  public synchronized List<String> types(String prefix, int most) {
    return events.stream()
        .map(event -> event.event().type())
        .filter(type -> type.startsWith(prefix))
        .distinct()
        .sorted()
        .limit(most)
        .toList();
  }

  @Override
  public synchronized OptionalLong firstPositionSince(Instant time) {
    return events.stream()
        .filter(event -> !event.receivedTime().isBefore(time))
        .mapToLong(StoredEvent::position)
        .findFirst();
  }

  @Override
  public String storeId() {
    return "0123456789abcdef0123456789abcdef";
  }

  @Override
  public synchronized boolean canCommit() {
    return !away;
  }
}
