package io.messagerelay.consumer.tail;

import io.messagerelay.consumer.query.Cursor;
import io.messagerelay.consumer.query.EventFilter;
import io.messagerelay.consumer.query.EventList;
import io.messagerelay.consumer.query.EventPage;
import io.messagerelay.consumer.query.EventQuery;
import io.messagerelay.consumer.store.StoreException;
import io.messagerelay.consumer.store.StoredEvent;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for new events, for all who follow: one read of the store, however many they are, and none
 * while there is nobody. A commit of this process wakes it; for those of others it looks often.
 * {@link #step} belongs to its thread, everything else is shared.
 */
final class Watcher {
  /** From one look to the next when nothing is new. */
  static final Duration POLL = Duration.ofMillis(100);

  /**
   * Between two looks at least, unless more than a page had gathered: readers are not woken for
   * each event.
   */
  static final Duration GAP = Duration.ofMillis(10);

  /** After the store could not be read. */
  static final Duration AGAIN = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(Watcher.class);
  private static final long IDLE = Long.MAX_VALUE;
  static final int PAGE = 512;

  private final EventList list;
  private final Ring ring;
  private final Frames frames;
  private final Readers readers;
  private final LongSupplier nanoTime;
  private final AtomicInteger followers = new AtomicInteger();
  private volatile @Nullable Thread thread;

  // Owned by the thread.
  private boolean knowsHead;
  private boolean waits;
  private long lastLook;

  /**
   * @param readers are woken when the ring has got more
   * @param nanoTime a clock that only goes forward, in nanoseconds
   */
  Watcher(EventList list, Ring ring, Frames frames, Readers readers, LongSupplier nanoTime) {
    this.list = list;
    this.ring = ring;
    this.frames = frames;
    this.readers = readers;
    this.nanoTime = nanoTime;
  }

  void start() {
    thread = Thread.ofPlatform().name("tail-watch").daemon().start(this::watch);
  }

  private void watch() {
    while (true) {
      long pause = safely();
      if (pause == IDLE) {
        LockSupport.park(this);
      } else {
        LockSupport.parkNanos(this, pause);
      }
    }
  }

  /** A fault of ours ends no thread that all readers wait for. */
  private long safely() {
    try {
      return step();
    } catch (RuntimeException e) {
      LOG.error("looking for new events failed by a fault of this service; please report it", e);
      return AGAIN.toNanos();
    }
  }

  /** Something was committed. */
  void wake() {
    if (followers.get() > 0) {
      LockSupport.unpark(thread);
    }
  }

  void follow() {
    if (followers.getAndIncrement() == 0) {
      LockSupport.unpark(thread);
    }
  }

  void leave() {
    followers.decrementAndGet();
  }

  /**
   * Looks once.
   *
   * @return nanoseconds until the next look; it may come sooner
   */
  long step() {
    if (followers.get() == 0) {
      knowsHead = false;
      ring.reset(Ring.UNKNOWN);
      return IDLE;
    }
    long early = waits ? lastLook + GAP.toNanos() - nanoTime.getAsLong() : 0;
    return early > 0 ? early : look();
  }

  private long look() {
    waits = true;
    lastLook = nanoTime.getAsLong();
    ring.forget(lastLook);
    try {
      if (!knowsHead) {
        ring.reset(Newest.positionIn(list));
        knowsHead = true;
        readers.wakeAll();
      }
      return pauseAfter(read());
    } catch (StoreException e) {
      return AGAIN.toNanos();
    }
  }

  /** After a whole page there are more, and none has to be waited for. */
  private long pauseAfter(int events) {
    waits = events < PAGE;
    if (!waits) {
      return 0;
    }
    return events == 0 ? POLL.toNanos() : GAP.toNanos();
  }

  /** How many new ones there were. */
  private int read() throws StoreException {
    Cursor head = new Cursor(list.storeId(), ring.head(), true);
    EventPage page = list.read(new EventQuery(PAGE, true, EventFilter.ALL, null, null, head));
    if (page.events().isEmpty()) {
      return 0;
    }
    ring.add(page.events().stream().map(this::kept).toList());
    readers.wake(
        page.events().stream().map(event -> event.event().type()).collect(Collectors.toSet()));
    return page.events().size();
  }

  private Ring.Kept kept(StoredEvent event) {
    Cursor at = new Cursor(list.storeId(), event.position(), true);
    return new Ring.Kept(event, frames.event(at, event), lastLook);
  }
}
