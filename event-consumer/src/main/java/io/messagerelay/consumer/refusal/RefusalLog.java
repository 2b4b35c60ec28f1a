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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps refusals beside the answers: whoever refuses leaves it here and goes on. One thread writes;
 * what finds no room, or no store, is counted as lost. Shared by threads.
 */
public final class RefusalLog implements AutoCloseable {
  static final int ROOM = 1_000;
  static final int LARGEST_GROUP = 100;

  /** Deleted at once; there is another time soon. */
  private static final int FORGOTTEN = 500;

  /** Between two groups: the store is there for events first. */
  private static final Duration PAUSE = Duration.ofMillis(100);

  /** So often old ones are looked for when nothing is refused. */
  private static final Duration IDLE = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);

  private final RefusalStore store;
  private final RefusalBounds bounds;
  private final Clock clock;
  private final BlockingQueue<Refusal> waiting = new ArrayBlockingQueue<>(ROOM);
  private final LongAdder kept = new LongAdder();
  private final LongAdder lost = new LongAdder();
  private final Thread writer =
      Thread.ofPlatform().name("refusals").daemon().unstarted(this::write);

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
      }
    }
  }

  /** Starts the writer; once. */
  public void start() {
    writer.start();
  }

  private void write() {
    try {
      while (true) {
        Refusal first = waiting.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
        step(first == null ? List.of() : List.of(first));
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.error("refusals are not kept any more, by a fault of this program", e);
    }
  }

  /** Keeps these and what waits behind them, and forgets what is beyond the bounds. */
  void step(List<Refusal> first) {
    List<Refusal> group = new ArrayList<>(first);
    waiting.drainTo(group, LARGEST_GROUP - group.size());
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

  /** Ends the writer; what still waits is lost. */
  @Override
  public void close() {
    writer.interrupt();
  }
}
