package io.messagerelay.consumer.tail;

import io.messagerelay.consumer.query.Cursor;
import io.messagerelay.consumer.query.EventQuery;
import io.messagerelay.consumer.store.StoreException;
import io.messagerelay.consumer.store.StoredEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * All events behind a position that pass a filter, and then each one as it comes. At the head it
 * takes from the {@link Ring} what all readers share; behind it, it reads short pages of the store.
 * All it keeps is its position: positions are given in the order of the commits, so nothing is
 * missed and nothing comes twice.
 */
final class Following implements Content {
  private static final int MOST_AT_ONCE = 256;

  /** After so many events that were left out the reader is told how far it is, */
  private static final int UNTOLD = 1_000;

  /** but not more often than this. */
  static final Duration TELLING = Duration.ofSeconds(1);

  private final EventQuery query;
  private final Ring ring;
  private final Frames frames;
  private final StoreReads reads;
  private final StoredEvents stored;
  private final long heartbeat;
  private final Runnable leave;
  private long position;
  private long told;
  private boolean greeted;
  private long spoke;

  /**
   * @param query ascending, without an end, with a cursor
   * @param heartbeat nanoseconds
   * @param leave is called when it is closed
   */
  Following(
      EventQuery query,
      Cursor start,
      Ring ring,
      Frames frames,
      StoreReads reads,
      long heartbeat,
      Runnable leave) {
    this.query = query;
    this.ring = ring;
    this.frames = frames;
    this.reads = reads;
    this.stored =
        new StoredEvents(reads, query, event -> frames.event(at(event.position()), event));
    this.heartbeat = heartbeat;
    this.leave = leave;
    this.position = start.position();
    this.told = start.position();
  }

  @Override
  public long write(Outlet outlet, long now) throws StoreException {
    if (!greeted) {
      greeted = true;
      tell(outlet, frames.greeting(at(position)), now);
    }
    try {
      boolean more = true;
      while (more && !outlet.isFull(0)) {
        Optional<Ring.Part> newest = ring.behind(position, query.filter(), MOST_AT_ONCE);
        more = newest.isPresent() ? share(newest.get(), outlet, now) : catchUp(outlet, now);
      }
    } finally {
      keepAlive(outlet, now); // also while the store is away
    }
    return outlet.isWaiting() ? heartbeat : Math.max(1, spoke + heartbeat - now);
  }

  private void keepAlive(Outlet outlet, long now) {
    boolean silent = now - spoke >= heartbeat && !outlet.isWaiting();
    boolean far =
        position - told >= UNTOLD && now - spoke >= TELLING.toNanos() && !outlet.isFull(0);
    if (far || (silent && position > told)) {
      tell(outlet, frames.position(at(position)), now);
    }
    if (silent) {
      tell(outlet, frames.heartbeat(), now);
    }
  }

  private void tell(Outlet outlet, byte[] frame, long now) {
    outlet.write(List.of(frame));
    spoke = now;
    told = position;
  }

  /** What the ring has, and others write as well. */
  private boolean share(Ring.Part newest, Outlet outlet, long now) {
    List<byte[]> pieces = new ArrayList<>();
    long bytes = 0;
    boolean full = false;
    for (Ring.Kept kept : newest.events()) {
      full = outlet.isFull(bytes);
      if (full) {
        break;
      }
      position = kept.event().position();
      if (wants(kept.event())) {
        pieces.add(kept.frame());
        bytes += kept.frame().length;
        told = position;
      }
    }
    position = full ? position : newest.reached();
    outlet.write(pieces);
    spoke = pieces.isEmpty() ? spoke : now;
    return !newest.events().isEmpty();
  }

  private boolean wants(StoredEvent event) {
    return (query.since() == null || !event.receivedTime().isBefore(query.since()))
        && query.filter().test(event);
  }

  /**
   * A page from the store. When it has no more for this reader, then nothing up to the head, as it
   * was before the store was read, is missing.
   */
  private boolean catchUp(Outlet outlet, long now) throws StoreException {
    long head = ring.head();
    StoredEvents.Written written =
        stored.write(at(position), outlet, Long.MAX_VALUE, Long.MAX_VALUE);
    Cursor reached = Objects.requireNonNull(written.reached());
    boolean knowsHead = written.atEnd() && head != Ring.UNKNOWN;
    long place = knowsHead ? Math.max(reached.position(), head) : reached.position();
    spoke = written.events() > 0 ? now : spoke;
    told = written.events() > 0 ? place : told;
    position = place;
    return !written.atEnd();
  }

  private Cursor at(long place) {
    return new Cursor(reads.storeId(), place, true);
  }

  @Override
  public boolean isLive() {
    return true;
  }

  @Override
  public boolean isAbout(Set<String> types) {
    return types.stream().anyMatch(query.filter()::isOfType);
  }

  @Override
  public void close() {
    leave.run();
  }
}
