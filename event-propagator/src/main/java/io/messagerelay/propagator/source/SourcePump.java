package io.messagerelay.propagator.source;

import io.messagerelay.contract.Addressing.Addressed;
import io.messagerelay.contract.Addressing.Unusable;
import io.messagerelay.contract.EventJson;
import io.messagerelay.contract.Fault;
import io.messagerelay.propagator.loop.Step;
import io.messagerelay.propagator.source.SourceItem.Broken;
import io.messagerelay.propagator.source.SourceItem.Whole;
import io.messagerelay.propagator.spool.Books;
import io.messagerelay.propagator.spool.NewEntry;
import io.messagerelay.propagator.spool.Spool;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Moves items from the source into the spool: a step asks the source once, gives each item the id
 * under which it is delivered, and takes all of them together with the source's progress. Run by
 * one thread.
 *
 * <p>A crash before the take returns leaves the source where it was, and the items are polled
 * again; afterwards they are in the spool under ids that never change.
 */
public final class SourcePump implements Step {
  private static final int BATCH = 4_000; // as many as four lanes can send at once
  private static final Duration AHEAD_PAUSE = Duration.ofMillis(5);
  private static final Duration ROOM_PAUSE = Duration.ofSeconds(1);
  private static final Duration FAULT_PAUSE = Duration.ofSeconds(5);

  /** What was polled and is not in the spool yet. */
  private record Load(List<NewEntry> entries, @Nullable String progress, Duration pause) {}

  private final EventSource source;
  private final Spool spool;
  private final EventJson json;
  private final Runnable onTaken;
  private final long limit;
  private final PumpLog log;
  private final AtomicBoolean exhausted = new AtomicBoolean();

  private @Nullable Load load;

  /**
   * @param onTaken told when there is something to deliver
   * @param limit how many items the spool's books may say were taken in all; then the pump is
   *     exhausted
   */
  public SourcePump(EventSource source, Spool spool, EventJson json, Runnable onTaken, long limit) {
    this.source = source;
    this.spool = spool;
    this.json = json;
    this.onTaken = onTaken;
    this.limit = limit;
    this.log = new PumpLog(source.name());
  }

  /** Whether all is taken that there will ever be. May be asked by any thread. */
  public boolean isExhausted() {
    return exhausted.get();
  }

  /** Whether the spool has no room for what was polled. May be asked by any thread. */
  public boolean isPaused() {
    return log.isPaused();
  }

  /** {@link Step#NEVER} when the pump is exhausted. */
  @Override
  public Duration run() {
    Duration pause = step();
    if (pause.equals(NEVER)) {
      exhausted.set(true);
    }
    return pause;
  }

  private Duration step() {
    if (load == null) {
      Books books = spool.books();
      long left = limit - books.taken();
      if (left <= 0) {
        return NEVER;
      }
      if (books.pending() >= source.mostAhead()) {
        return AHEAD_PAUSE;
      }
      try {
        load = poll((int) Math.min(left, BATCH));
        log.readable();
      } catch (SourceException e) {
        log.unreadable(e);
        return FAULT_PAUSE;
      }
    }
    return take(load);
  }

  private Load poll(int atMost) throws SourceException {
    Polled polled = source.poll(spool.progress(source.name()).orElse(null), atMost);
    List<NewEntry> entries = polled.items().stream().map(this::address).toList();
    return new Load(entries, polled.progress(), polled.pause());
  }

  private NewEntry address(SourceItem item) {
    return switch (item) {
      case Broken(var body, var place, var reason) ->
          new NewEntry.Unusable(place, body, List.of(reason));
      case Whole(var bytes, var place, var id) ->
          switch (json.address(bytes, id)) {
            case Addressed(var eventId, var key, var body) ->
                new NewEntry.Deliverable(eventId, key, place, body);
            case Unusable(var faults) ->
                new NewEntry.Unusable(place, bytes, faults.stream().map(Fault::text).toList());
          };
    };
  }

  private Duration take(Load wanted) {
    if (wanted.entries.isEmpty() && wanted.progress == null) {
      load = null;
      return wanted.pause;
    }
    return switch (spool.take(source.name(), wanted.entries, wanted.progress)) {
      case TAKEN -> {
        load = null;
        log.taken(wanted.entries);
        onTaken.run();
        yield wanted.pause;
      }
      case FULL -> {
        log.full(spool.books(), wanted.entries);
        yield ROOM_PAUSE;
      }
      case DISK_LOW -> {
        log.diskLow();
        yield ROOM_PAUSE;
      }
    };
  }
}
