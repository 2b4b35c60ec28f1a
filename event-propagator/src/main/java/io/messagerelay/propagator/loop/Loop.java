package io.messagerelay.propagator.loop;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Runs a step again and again on a virtual thread of its own, waiting in between as long as the
 * step said, or until woken. A step that throws ends the loop. Shared by threads.
 */
public final class Loop implements AutoCloseable {
  private final Step step;
  private final Duration grace;
  private final Consumer<Throwable> onDeath;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  @GuardedBy("lock")
  private boolean woken;

  @GuardedBy("lock")
  private boolean stopping;

  /**
   * @param name the thread's, for a person who reads a thread dump
   * @param grace how long {@link #close} lets the step finish before it is interrupted
   * @param onDeath told, on the loop's thread, what ended the loop when it was not {@link #stop}
   */
  public Loop(String name, Step step, Duration grace, Consumer<Throwable> onDeath) {
    this.step = step;
    this.grace = grace;
    this.onDeath = onDeath;
    this.thread = Thread.ofVirtual().name(name).unstarted(this::runUntilStopped);
  }

  /** Begins with the first step at once. Once only. */
  public void start() {
    thread.start();
  }

  /** Ends the present wait, or, during a step, leaves out the next one. */
  public void wake() {
    lock.lock();
    try {
      woken = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Lets no further step begin, and returns at once. */
  public void stop() {
    lock.lock();
    try {
      stopping = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Stops, and returns when the step has finished: by itself within the grace, else interrupted.
   * Not for the loop's own thread.
   */
  @Override
  public void close() {
    stop();
    try {
      if (thread.getState() != Thread.State.NEW && !thread.join(grace)) {
        thread.interrupt();
        thread.join();
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  private void runUntilStopped() {
    try {
      Duration pause = Duration.ZERO;
      while (awaitNext(pause)) {
        pause = step.run();
      }
      step.finish();
    } catch (Throwable e) {
      if (!(e instanceof InterruptedException && isStopping())) {
        onDeath.accept(e);
      }
    }
  }

  /** Waits for the pause to pass or for a wake-up; false when the loop shall end. */
  private boolean awaitNext(Duration pause) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = TimeUnit.NANOSECONDS.convert(pause);
      while (!stopping && !woken && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      woken = false;
      return !stopping;
    } finally {
      lock.unlock();
    }
  }

  private boolean isStopping() {
    lock.lock();
    try {
      return stopping;
    } finally {
      lock.unlock();
    }
  }
}
