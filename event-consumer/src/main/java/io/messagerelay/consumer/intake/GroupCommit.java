package io.messagerelay.consumer.intake;

import io.messagerelay.consumer.intake.IntakeResult.Reason;
import io.messagerelay.consumer.store.EventStore;
import io.messagerelay.consumer.store.EventStore.Appended;
import io.messagerelay.consumer.store.StoreException;
import io.messagerelay.contract.Event;
import io.messagerelay.contract.EventLimits;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores requests in groups: those that wait together share one transaction, and with it one flush
 * of the disk. One thread writes; it never lingers, because a group gathers by itself while the one
 * before is committed.
 *
 * <pre>
 *   submit → backlog → group (at most 512 events, or one request) → append ─ stored ──────→ answered
 *                                          ↑     ↑                    ├───── refused ─────→ in halves
 *                                          │     └── halves ──────────┤      (one event: its answer)
 *                                          └──────── again, ≤ 1 s ────┴───── unavailable, then put off
 * </pre>
 *
 * <p>A crash before the commit: nothing is stored and nobody was answered. A crash after the commit
 * and before the answer: all is stored, and the sender, who asks again, is told {@code Duplicate}.
 * An answer is only ever given after the commit.
 *
 * <p>Answers are given on {@code answers}, one task for all that a transaction settled: a slow
 * subscriber keeps back the others of its transaction at most, never the writer. Until then a
 * request takes room in the backlog. Nobody waits for a store that hangs: {@link CommitWatch}.
 */
public final class GroupCommit implements Intake, AutoCloseable {
  /** What {@link #step} returns when nothing waits. */
  static final long IDLE = Long.MAX_VALUE;

  /** A transaction is tried again for as long as this after its first try. */
  static final Duration DEADLINE = Duration.ofSeconds(1);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
  private static final Duration CLOSING = Duration.ofSeconds(10);
  private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);

  private final EventStore store;
  private final Backlog backlog;
  private final CommitWatch watch;
  private final LongAdder committedGroups = new LongAdder();
  private final LongAdder committedEvents = new LongAdder();

  // Owned by the writer.
  private final Deque<Part> parts = new ArrayDeque<>();
  private int tries;
  private boolean storeIsAway;

  /**
   * @param nanoTime a clock that only goes forward, in nanoseconds
   * @param answers runs the tasks that tell the senders; best one with a thread for each task
   */
  public GroupCommit(
      EventStore store, QueueLimits limits, LongSupplier nanoTime, Executor answers) {
    this.store = store;
    this.backlog = new Backlog(limits, nanoTime, answers);
    this.watch = new CommitWatch(backlog, nanoTime);
  }

  /** Starts the writer; once. It ends when {@link #drain} has nothing left to do. */
  public void start() {
    watch.start(Thread.ofPlatform().name("group-commit").daemon().start(this::write));
  }

  @Override
  public Optional<IntakeResult.Deferred> refusal() {
    return backlog.refusal(1, 0).map(Submission::deferred);
  }

  /** A request that is refused at once has its answer when this returns. */
  @Override
  public CompletionStage<IntakeResult> submit(List<Event> events) {
    if (events.isEmpty() || events.size() > EventLimits.BATCH_EVENTS) {
      throw new IllegalArgumentException("a request has 1 to 1,000 events, not " + events.size());
    }
    return backlog.offer(events);
  }

  private void write() {
    try {
      long pause = step();
      while (pause != IDLE || backlog.awaitWork()) {
        if (pause != IDLE) {
          LockSupport.parkNanos(pause);
        }
        pause = step();
      }
    } catch (Throwable e) {
      fail(e);
    }
  }

  /**
   * Runs one transaction.
   *
   * @return nanoseconds until the next is worth trying; {@link #IDLE} when nothing waits
   */
  long step() {
    if (parts.isEmpty() && !parts.addAll(backlog.takeGroup())) {
      return IDLE;
    }
    Part part = parts.getFirst();
    try {
      List<Event> events = part.events();
      List<Submission> settled = part.settle(append(events));
      done();
      committed(events.size());
      backlog.tell(settled);
      return 0;
    } catch (StoreException e) {
      return failed(part, e);
    }
  }

  private List<Appended> append(List<Event> events) throws StoreException {
    watch.begin(parts, tries > 0);
    try {
      return store.append(events);
    } finally {
      watch.end();
    }
  }

  /** The first part needs no further try. */
  private void done() {
    parts.removeFirst();
    tries = 0;
  }

  private void committed(int events) {
    committedGroups.increment();
    committedEvents.add(events);
    if (storeIsAway) {
      storeIsAway = false;
      LOG.info("the store commits again");
    }
  }

  private long failed(Part part, StoreException e) {
    return switch (e.kind()) {
      case REFUSED -> {
        done();
        narrow(part, e);
        yield 0;
      }
      case UNKNOWN -> {
        done();
        LOG.warn("{}; its senders are asked to try again", e.getMessage());
        backlog.tell(part.defer(Reason.COMMIT_UNKNOWN));
        yield 0;
      }
      case UNAVAILABLE -> pauseOrGiveUp(e);
    };
  }

  /** Splits until only the guilty event is left: a few transactions for one among a thousand. */
  private void narrow(Part part, StoreException e) {
    if (part.isOneEvent()) {
      backlog.tell(part.refuse("the store refuses it: " + e.getMessage()));
    } else {
      part.halves().reversed().forEach(parts::addFirst);
    }
  }

  /** Once the store is known to be away, a group has one try, and nobody waits behind it. */
  private long pauseOrGiveUp(StoreException e) {
    long pause = FIRST_PAUSE.toNanos() << tries++;
    boolean inTime = watch.nanosSinceBegin() + pause <= DEADLINE.toNanos();
    if (inTime && !storeIsAway) {
      return pause;
    }
    if (!storeIsAway) {
      storeIsAway = true;
      LOG.warn("{}; answering 503 until the store commits again", e.getMessage());
    }
    putOff(Reason.STORE_UNAVAILABLE);
    return 0;
  }

  private void putOff(Reason begun) {
    parts.forEach(part -> backlog.tell(part.defer(begun)));
    parts.clear();
    tries = 0;
    backlog.putOff(Reason.STORE_UNAVAILABLE);
  }

  /** Our own fault. Nothing more is accepted, and nobody is left without an answer. */
  private void fail(Throwable e) {
    backlog.close(Reason.STORE_UNAVAILABLE);
    putOff(Reason.COMMIT_UNKNOWN);
    LOG.error("the writer ended by a fault of its own; restart the process", e);
  }

  /**
   * Refuses new requests and waits until the accepted ones are answered. What is still waiting
   * after this time is put off; a group that is being written gets the answer it deserves.
   *
   * @return whether everything was answered in time
   */
  public boolean drain(Duration atMost) {
    backlog.close(Reason.DRAINING);
    boolean inTime = backlog.awaitAnswered(atMost);
    if (!inTime) {
      backlog.putOff(Reason.DRAINING);
      LOG.warn("the store did not answer in time; who asked will ask again");
    }
    return inTime;
  }

  /** Drains within ten seconds; had it to drain before, it waits no second time. */
  @Override
  public void close() {
    if (isAccepting()) {
      drain(CLOSING);
    }
  }

  /** False while draining and after a fault of the writer. */
  public boolean isAccepting() {
    return backlog.isOpen();
  }

  /** Tests look when they like. */
  CommitWatch watch() {
    return watch;
  }

  /** For metrics; each value is of about now. */
  public IntakeCounts counts() {
    return new IntakeCounts(
        committedGroups.sum(), committedEvents.sum(), backlog.events(), backlog.bytes());
  }
}
