package io.messagerelay.consumer.retention;

import io.messagerelay.consumer.store.EventStore;
import io.messagerelay.consumer.store.RetentionStore;
import io.messagerelay.consumer.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps events for as long as the rules say. {@link #start} runs pass after pass on a thread of its
 * own; of several processes on one store one works at a time. The figures may be read by any
 * thread.
 */
public final class Retention implements AutoCloseable {
  static final Duration BETWEEN = Duration.ofMinutes(1);

  private static final Duration CLOSING = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

  private final RetentionRules rules;
  private final EventStore events;
  private final RetentionStore store;
  private final Optional<Archive> archive;
  private final String holder;
  private final Clock clock;
  private final LongSupplier nanoTime;

  private final AtomicLong removed = new AtomicLong();
  private volatile Instant since = Instant.EPOCH;
  private volatile Instant lastRun = Instant.EPOCH;
  private volatile boolean closed;
  private @Nullable Thread thread;

  // Owned by the thread that steps.
  private @Nullable RetentionPass pass;
  private boolean failing;

  /**
   * @param archiveFolder where events are written before they go; empty for nowhere
   * @param holder names this process among those that share the store
   * @param nanoTime a clock that only goes forward
   */
  public Retention(
      RetentionRules rules,
      EventStore events,
      RetentionStore store,
      Optional<Path> archiveFolder,
      String holder,
      Clock clock,
      LongSupplier nanoTime) {
    this.rules = rules;
    this.events = events;
    this.store = store;
    this.archive = archiveFolder.map(folder -> new Archive(folder, events.storeId()));
    this.holder = holder;
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  /** Starts the thread, once; none where every event is kept. */
  public void start() {
    if (!rules.keepAll()) {
      since = clock.instant();
      thread = Thread.ofPlatform().name("retention").daemon().start(this::work);
    }
  }

  private void work() {
    while (!closed) {
      LockSupport.parkNanos(step());
    }
    leave();
  }

  /** Gives the turn back, so that whoever comes next does not wait until it runs out. */
  void leave() {
    if (pass == null) {
      return;
    }
    pass = null;
    try {
      store.giveBack(holder);
    } catch (StoreException e) {
      LOG.debug("the turn of retention runs out by itself", e);
    }
  }

  /** Does a piece of work; returns how long to wait before the next, in nanoseconds. */
  long step() {
    try {
      long pause = stepOfPass();
      recovered();
      return pause;
    } catch (StoreException e) {
      return failed(String.valueOf(e.getMessage()), false);
    } catch (IOException e) {
      return failed("old events cannot be archived, and are kept: " + e, true);
    }
  }

  private long stepOfPass() throws StoreException, IOException {
    RetentionPass current = pass;
    if (current == null) {
      RetentionPass next = newPass();
      if (!next.begin()) {
        return BETWEEN.toNanos();
      }
      pass = next;
      return 0;
    }
    long before = current.removed();
    long pause = current.step();
    removed.addAndGet(current.removed() - before);
    if (pause != RetentionPass.DONE) {
      return pause;
    }
    ended(current);
    return BETWEEN.toNanos();
  }

  private RetentionPass newPass() {
    return new RetentionPass(store, sweep(), archive, holder, clock, nanoTime);
  }

  private Sweep sweep() {
    return new Sweep(rules, events, store, clock.instant());
  }

  private void ended(RetentionPass done) {
    pass = null;
    lastRun = clock.instant();
    if (done.removed() > 0) {
      LOG.info("removed {} old events", done.removed());
    }
  }

  /** The next pass begins anew. Said once, until it works again. */
  private long failed(String what, boolean somebodyMustAct) {
    pass = null;
    if (!failing && somebodyMustAct) {
      LOG.error("{}; it is tried again every minute", what);
    } else if (!failing) {
      LOG.warn("{}; it is tried again every minute", what);
    }
    failing = true;
    return BETWEEN.toNanos();
  }

  private void recovered() {
    if (failing && pass == null) {
      failing = false;
      LOG.info("old events can be removed again");
    }
  }

  /** What became of {@link #runOnce}. */
  public sealed interface Outcome {
    record Done(long removed) implements Outcome {}

    /** Another process works on the store. */
    record Busy(long removed) implements Outcome {}
  }

  /** Runs one pass to its end. */
  public Outcome runOnce() throws StoreException, IOException {
    RetentionPass once = newPass();
    if (!once.begin()) {
      return new Outcome.Busy(0);
    }
    for (long pause = once.step(); pause != RetentionPass.DONE; pause = once.step()) {
      LockSupport.parkNanos(pause);
    }
    return once.lostTurn() ? new Outcome.Busy(once.removed()) : new Outcome.Done(once.removed());
  }

  /** What a pass would remove now; changes nothing. */
  public List<Doom> dryRun() throws StoreException {
    return Doom.of(sweep(), store);
  }

  /** Events this process has removed since its start. */
  public long removed() {
    return removed.get();
  }

  /** Since when this process makes passes; 1970 where every event is kept. */
  public Instant since() {
    return since;
  }

  /** When the last pass of this process ended; 1970 for never. */
  public Instant lastRun() {
    return lastRun;
  }

  /** Ends after the batch that is under way, and lets another process take the turn. */
  @Override
  public void close() {
    closed = true;
    Thread running = thread;
    if (running == null) {
      return;
    }
    LockSupport.unpark(running);
    try {
      if (!running.join(CLOSING)) {
        LOG.warn("retention did not end in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
