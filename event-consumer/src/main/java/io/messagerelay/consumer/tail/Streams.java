package io.messagerelay.consumer.tail;

import io.messagerelay.consumer.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** Runs streams, each on a thread of its own, up to a number. Shared by threads. */
public final class Streams implements Readers {

  /** Why a stream is not opened. */
  public enum Refusal {
    TOO_MANY,
    DRAINING
  }

  /** One stream that was asked for. Called by the stream's thread. */
  public interface Opening {
    /** Reads what must be known before the answer begins. */
    Content content() throws StoreException;

    /** That could not be read. */
    void refuse(StoreException why);

    /** A fault of this program ended it, before the answer began or within it. */
    void broken(Throwable why);

    /**
     * Begins the answer.
     *
     * @param gone is to be called when the reader has gone
     */
    Line begin(Runnable gone);

    /** When a live one has to end. */
    Instant end();
  }

  private final StreamLimits limits;
  private final ThreadFactory threads;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicLong waiting = new AtomicLong();
  private final Map<Thread, Content> running = new ConcurrentHashMap<>();
  private volatile boolean draining;

  /**
   * @param threads best virtual ones: most of them wait
   * @param nanoTime a clock that only goes forward, in nanoseconds
   */
  public Streams(StreamLimits limits, ThreadFactory threads, Clock clock, LongSupplier nanoTime) {
    this.limits = limits;
    this.threads = threads;
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  /** Opens one, unless there is a reason not to. */
  public Optional<Refusal> open(Opening opening) {
    if (draining) {
      return Optional.of(Refusal.DRAINING);
    }
    if (open.incrementAndGet() > limits.streams()) {
      open.decrementAndGet();
      return Optional.of(Refusal.TOO_MANY);
    }
    threads.newThread(() -> run(opening)).start();
    return Optional.empty();
  }

  private void run(Opening opening) {
    Thread thread = Thread.currentThread();
    try (Content content = opening.content()) {
      running.put(thread, content);
      Runnable wake = () -> LockSupport.unpark(thread);
      run(
          content,
          new Outlet(opening.begin(wake), waiting, nanoTime, wake),
          nanosAt(opening.end()));
    } catch (StoreException e) {
      opening.refuse(e);
    } catch (RuntimeException | Error e) {
      opening.broken(e);
    } finally {
      running.remove(thread);
      open.decrementAndGet();
    }
  }

  private long nanosAt(Instant time) {
    return nanoTime.getAsLong() + Duration.between(clock.instant(), time).toNanos();
  }

  private void run(Content content, Outlet outlet, long end) {
    var pump = new StreamPump(content, outlet, limits.stall().toNanos(), end, () -> draining);
    try {
      long pause = pump.step(nanoTime.getAsLong());
      while (pause != Content.ENDED) {
        if (pause > 0) {
          LockSupport.parkNanos(pause);
        }
        pause = pump.step(nanoTime.getAsLong());
      }
    } catch (RuntimeException | Error e) {
      outlet.cut();
      throw e;
    } finally {
      outlet.close();
    }
  }

  @Override
  public void wakeAll() {
    running.keySet().forEach(LockSupport::unpark);
  }

  @Override
  public void wake(Set<String> types) {
    running.forEach(
        (thread, content) -> {
          if (content.isAbout(types)) {
            LockSupport.unpark(thread);
          }
        });
  }

  /** Opens no more and ends the live ones; exports go on for as long as the process does. */
  public void drain() {
    draining = true;
    wakeAll();
  }

  /** How many are open. */
  public int count() {
    return open.get();
  }

  /** What waits for all readers together, in bytes. */
  public long waitingBytes() {
    return waiting.get();
  }
}
