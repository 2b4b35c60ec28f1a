package io.messagerelay.propagator.delivery;

import io.messagerelay.propagator.spool.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Time that passes only when nobody has anything left to do at a moment, and the actors that live
 * in it. Each actor has a thread, of which never two run at once: what happens depends on nothing
 * but what they do.
 */
final class VirtualTime implements AutoCloseable {
  /** The world ends around an actor. */
  private static final class Over extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** What an actor does. */
  interface Life {
    void live() throws InterruptedException;
  }

  private record Happening(Instant when, long number, Runnable what) {}

  private final ManualClock clock = new ManualClock();
  private final Semaphore stage = new Semaphore(0);
  private final PriorityQueue<Happening> ahead =
      new PriorityQueue<>(
          Comparator.comparing(Happening::when).thenComparingLong(Happening::number));

  private final List<Actor> actors = new ArrayList<>();

  private long number;
  private boolean over;
  private @Nullable Throwable failure;

  /** Where actors read the time. */
  ManualClock clock() {
    return clock;
  }

  /** The same, as monotonic nanoseconds. */
  long nanos() {
    return ChronoUnit.NANOS.between(Instant.EPOCH, clock.instant());
  }

  /** Lets something happen after so long. It must not wait. */
  void after(Duration pause, Runnable what) {
    ahead.add(new Happening(clock.instant().plus(pause), number++, what));
  }

  /** Lets the next thing happen, whenever that is; false when there is none. */
  boolean step() {
    Happening next = ahead.poll();
    if (next == null) {
      return false;
    }
    clock.advance(Duration.between(clock.instant(), next.when));
    next.what.run();
    if (failure instanceof AssertionError broken) {
      throw broken;
    }
    if (failure != null) {
      throw new AssertionError(failure);
    }
    return true;
  }

  /** One who acts from now on. What it throws fails the {@link #step} in which it did. */
  Actor actor(Life life) {
    var actor = new Actor(life);
    actors.add(actor);
    actor.wake();
    return actor;
  }

  /** Ends every actor where it waits. */
  @Override
  public void close() {
    over = true;
    actors.stream().filter(actor -> !actor.ended).forEach(Actor::act);
  }

  /** Waits, and is woken. */
  final class Actor {
    private final Semaphore turn = new Semaphore(0);
    private long waits;
    private boolean ended;

    private Actor(Life life) {
      Thread.ofVirtual().start(() -> live(life));
    }

    private void live(Life life) {
      turn.acquireUninterruptibly();
      try {
        if (!over) {
          life.live();
        }
      } catch (Over e) {
        // as everybody
      } catch (Throwable e) {
        failure = e;
      }
      ended = true;
      stage.release();
    }

    /** Lets it act until it waits or ends. */
    private void act() {
      turn.release();
      stage.acquireUninterruptibly();
    }

    /** Waits for so long or to be woken. Called by the actor itself. */
    void await(Duration pause) {
      long wait = ++waits;
      after(pause, () -> goOn(wait));
      stage.release();
      turn.acquireUninterruptibly();
      if (over) {
        throw new Over();
      }
    }

    /** Ends its wait now. */
    void wake() {
      long wait = waits;
      after(Duration.ZERO, () -> goOn(wait));
    }

    private void goOn(long wait) {
      if (wait == waits && !ended) {
        waits++;
        act();
      }
    }
  }
}
