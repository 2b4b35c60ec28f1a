package io.messagerelay.consumer.refusal;

import io.messagerelay.consumer.store.Refusal;
import io.messagerelay.consumer.store.RefusalStore;
import io.messagerelay.consumer.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps refusals beside the answers: whoever refuses leaves it here and goes on. One thread writes
 * what has come together in a while; what finds no room, or no store, is counted as lost, and a
 * crash loses what waits. Shared by threads.
 */
public final class RefusalLog implements AutoCloseable {
  static final int ROOM = 1_000;
  static final int LARGEST_GROUP = 100;

  /** Deleted at once; there is another time soon. */
  private static final int FORGOTTEN = 500;

  /** From the first of a group to its writing: the store is there for events first. */
  private static final Duration GATHERING = Duration.ofMillis(100);

  /** So often old ones are looked for when nothing is refused. */
  private static final Duration TIDYING = Duration.ofMinutes(1);

  /** So long an end waits for what is left to be written. */
  private static final Duration LAST_WRITES = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);

  private final RefusalStore store;
  private final RefusalBounds bounds;
  private final Clock clock;
  private final BlockingQueue<Refusal> waiting = new ArrayBlockingQueue<>(ROOM);
  private final LongAdder kept = new LongAdder();
  private final LongAdder lost = new LongAdder();

  /** Whether a write is to come that need not be asked for; so it is before the start, too. */
  private final AtomicBoolean gathering = new AtomicBoolean(true);

  private final ScheduledExecutorService writer =
      new ScheduledThreadPoolExecutor(
          1,
          Thread.ofPlatform().name("refusals").daemon().factory(),
          new ThreadPoolExecutor.DiscardPolicy());

  // Owned by the writer.
  private boolean storeIsAway;

  public RefusalLog(RefusalStore store, RefusalBounds bounds, Clock clock) {
    this.store = store;
    this.bounds = bounds;
    this.clock = clock;
  }

  /** Leaves one to be kept; never blocks and never fails. */
  public void add(
      String account,
      @Nullable String eventId,
      @Nullable String type,
      List<String> reasons,
      String beginning) {
    if (bounds.most() > 0) {
      var refusal = new Refusal(clock.instant(), account, eventId, type, reasons, beginning);
      if (!waiting.offer(refusal)) {
        lost.increment();
      } else {
        writeSoon();
      }
    }
  }

  private void writeSoon() {
    if (gathering.compareAndSet(false, true)) {
      var _ = writer.schedule(this::write, GATHERING.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** Writes from now on, and looks for old ones whether or not any come; once. */
  public void start() {
    var _ =
        writer.scheduleWithFixedDelay(this::write, 0, TIDYING.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void write() {
    gathering.set(false);
    try {
      step();
    } catch (RuntimeException e) {
      LOG.error("refusals were not kept, by a fault of this program", e);
    }
    if (!waiting.isEmpty()) {
      writeSoon();
    }
  }

  /** Keeps a group of what waits, and forgets what is beyond the bounds. */
  void step() {
    List<Refusal> group = new ArrayList<>();
    waiting.drainTo(group, LARGEST_GROUP);
    try {
      if (!group.isEmpty()) {
        keep(group);
      }
      store.forget(clock.instant().minus(bounds.age()), bounds.most(), FORGOTTEN);
      storeIsAway = false;
    } catch (StoreException e) {
      if (!storeIsAway) {
        storeIsAway = true;
        LOG.warn("{}; refusals are lost meanwhile", e.getMessage());
      }
    }
  }

  private void keep(List<Refusal> group) throws StoreException {
    try {
      store.keep(group);
      kept.add(group.size());
    } catch (StoreException e) {
      lost.add(group.size());
      throw e;
    }
  }

  /** For a metric. */
  public long kept() {
    return kept.sum();
  }

  /** For a metric: what found no room, or no store. */
  public long lost() {
    return lost.sum();
  }

  /** Writes what waits, for two seconds at most, and ends the writer; what is left is lost. */
  @Override
  public void close() {
    writer.execute(this::writeRest);
    writer.shutdown();
    try {
      if (!writer.awaitTermination(LAST_WRITES.toMillis(), TimeUnit.MILLISECONDS)) {
        writer.shutdownNow();
      }
    } catch (InterruptedException e) {
      writer.shutdownNow();
      Thread.currentThread().interrupt();
    }
    lost.add(waiting.size());
  }

  private void writeRest() {
    while (!waiting.isEmpty()) {
      step();
    }
  }
}
