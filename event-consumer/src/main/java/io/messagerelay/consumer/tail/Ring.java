package io.messagerelay.consumer.tail;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.messagerelay.consumer.query.EventFilter;
import io.messagerelay.consumer.store.StoredEvent;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The newest events of the store, up to a number of bytes and an age, written once for all who
 * follow. Shared by the watcher, who adds and forgets, and the readers.
 *
 * <pre>
 *   in the store alone │ base │ kept here: all that lies between │ head │ not seen yet
 * </pre>
 */
final class Ring {
  /** Beside its frame an event keeps its text, and what holds both together. */
  private static final int EVENT_BYTES = 400;

  /** The head of a ring that knows nothing. */
  static final long UNKNOWN = Long.MAX_VALUE;

  /** An event that was erased in the store, by whichever process, is gone from here after it. */
  static final Duration LONGEST_KEPT = Duration.ofSeconds(10);

  private final long mostBytes;

  @GuardedBy("this")
  private final TreeMap<Long, Kept> events = new TreeMap<>();

  @GuardedBy("this")
  private final TypeIndex types = new TypeIndex();

  @GuardedBy("this")
  private long bytes;

  @GuardedBy("this")
  private long base = UNKNOWN;

  @GuardedBy("this")
  private long head = UNKNOWN;

  Ring(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /**
   * An event and its frame.
   *
   * @param at when it was read, on the watcher's clock
   */
  record Kept(StoredEvent event, byte[] frame, long at) {
    /** At most: a character is one byte or two. */
    private long bytes() {
      return EVENT_BYTES + frame.length + 2L * event.event().payload().text().length();
    }

    long position() {
      return event.position();
    }

    String type() {
      return event.event().type();
    }
  }

  /**
   * What was asked for.
   *
   * @param events oldest first; those of other types are left out, nothing else is
   * @param reached nothing that was asked for is missing up to here
   */
  record Part(List<Kept> events, long reached) {}

  /** Keeps nothing; what comes behind this position is new. {@link #UNKNOWN}: nobody looks. */
  synchronized void reset(long position) {
    events.clear();
    types.reset(position);
    bytes = 0;
    base = position;
    head = position;
  }

  /** Takes all that has come behind the head, in order; the oldest make room. */
  synchronized void add(List<Kept> newer) {
    for (Kept kept : newer) {
      head = kept.position();
      events.put(head, kept);
      types.add(kept);
      bytes += kept.bytes();
      while (bytes > mostBytes) {
        forgetOldest();
      }
    }
  }

  /** Lets go of what has been here for too long. */
  synchronized void forget(long now) {
    while (!events.isEmpty()
        && now - events.firstEntry().getValue().at() > LONGEST_KEPT.toNanos()) {
      forgetOldest();
    }
  }

  @GuardedBy("this")
  private void forgetOldest() {
    Kept oldest = events.pollFirstEntry().getValue();
    base = oldest.position();
    bytes -= oldest.bytes();
    types.forget(oldest);
  }

  /**
   * All that is known behind a position and is of a type that the filter lets pass, up to a number;
   * empty when some of it may be no longer here.
   */
  synchronized Optional<Part> behind(long position, EventFilter filter, int most) {
    if (position < types.completeBehind(filter, base)) {
      return Optional.empty();
    }
    Stream<NavigableMap<Long, Kept>> indexes =
        filter.isOfAnyType() ? Stream.of(events) : types.of(filter);
    List<Kept> some =
        indexes
            .flatMap(index -> index.tailMap(position, false).values().stream().limit(most))
            .sorted(Comparator.comparingLong(Kept::position))
            .limit(most)
            .toList();
    long reached = some.size() == most ? some.getLast().position() : Math.max(position, head);
    return Optional.of(new Part(some, reached));
  }

  /** The newest event that was seen. Every event up to it can be read from the store. */
  synchronized long head() {
    return head;
  }

  synchronized long bytes() {
    return bytes;
  }
}
