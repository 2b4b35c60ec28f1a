package io.messagerelay.consumer.intake;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.messagerelay.consumer.intake.IntakeResult.Reason;
import io.messagerelay.contract.Event;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The requests that were accepted and not answered yet. They take room until they are answered, so
 * that a slow reader of answers cannot make it grow. Shared by threads.
 */
final class Backlog {
  /** More rows a transaction gain nothing and keep the first of them waiting. */
  static final int GROUP_EVENTS = 512;

  /** Keeps a statement well below what a database takes in one piece. */
  static final long GROUP_BYTES = 8L * 1024 * 1024;

  private final QueueLimits limits;
  private final LongSupplier nanoTime;
  private final Executor answers;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final Condition allAnswered = lock.newCondition();

  @GuardedBy("lock")
  private final Deque<Submission> waiting = new ArrayDeque<>();

  @GuardedBy("lock")
  private int events;

  @GuardedBy("lock")
  private long bytes;

  @GuardedBy("lock")
  private @Nullable Reason closed;

  @GuardedBy("lock")
  private boolean suspended;

  Backlog(QueueLimits limits, LongSupplier nanoTime, Executor answers) {
    this.limits = limits;
    this.nanoTime = nanoTime;
    this.answers = answers;
  }

  /** Takes a request, or says at once why not. */
  CompletionStage<IntakeResult> offer(List<Event> events) {
    Submission request = new Submission(events, nanoTime.getAsLong());
    return offer(request).map(Submission::refused).orElseGet(request::answer);
  }

  private Optional<Reason> offer(Submission request) {
    lock.lock();
    try {
      Optional<Reason> refusal = refusal(request.events().size(), request.bytes());
      if (refusal.isEmpty()) {
        events += request.events().size();
        bytes += request.bytes();
        waiting.add(request);
        work.signal();
      }
      return refusal;
    } finally {
      lock.unlock();
    }
  }

  /** Why a request of this size would not be taken now. */
  Optional<Reason> refusal(int moreEvents, long moreBytes) {
    lock.lock();
    try {
      if (closed != null) {
        return Optional.of(closed);
      }
      if (suspended) {
        return Optional.of(Reason.STORE_UNAVAILABLE);
      }
      boolean fits = events + moreEvents <= limits.events() && bytes + moreBytes <= limits.bytes();
      return fits ? Optional.empty() : Optional.of(Reason.OVERLOADED);
    } finally {
      lock.unlock();
    }
  }

  /** The next group, oldest first; none when nothing waits. A large request is its own group. */
  List<Part> takeGroup() {
    List<Submission> group = take(GROUP_EVENTS, GROUP_BYTES);
    return group.isEmpty() ? List.of() : List.of(Part.of(group));
  }

  /** Puts off all who wait. */
  void putOff(Reason reason) {
    tell(Part.of(take(Integer.MAX_VALUE, Long.MAX_VALUE)).defer(reason));
  }

  private List<Submission> take(long roomForEvents, long roomForBytes) {
    List<Submission> group = new ArrayList<>();
    lock.lock();
    try {
      Submission next = waiting.peek();
      while (next != null) {
        roomForEvents -= next.events().size();
        roomForBytes -= next.bytes();
        if (!group.isEmpty() && (roomForEvents < 0 || roomForBytes < 0)) {
          break;
        }
        group.add(waiting.remove());
        next = waiting.peek();
      }
      return group;
    } finally {
      lock.unlock();
    }
  }

  /** Answers these requests, settled just now, on the executor and gives back their room. */
  void tell(List<Submission> settled) {
    if (!settled.isEmpty()) {
      long now = nanoTime.getAsLong();
      execute(
          () -> {
            settled.forEach(request -> request.tell(now));
            free(settled);
          });
    }
  }

  /** Puts these off ahead of the writer, who still holds them: they keep their room until then. */
  void tellAhead(List<Submission> unsettled, Reason reason) {
    execute(() -> unsettled.forEach(request -> request.tell(reason)));
  }

  private void execute(Runnable telling) {
    try {
      answers.execute(telling);
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      telling.run(); // an answer on the wrong thread is better than none
    }
  }

  private void free(List<Submission> answered) {
    lock.lock();
    try {
      for (Submission request : answered) {
        events -= request.events().size();
        bytes -= request.bytes();
      }
      if (events == 0) {
        allAnswered.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits until something waits, or returns false when nothing will. */
  boolean awaitWork() {
    lock.lock();
    try {
      while (waiting.isEmpty() && closed == null) {
        work.awaitUninterruptibly();
      }
      return !waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** From now on every request gets this answer; what waits already still waits. */
  void close(Reason reason) {
    lock.lock();
    try {
      closed = reason;
      work.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether new requests are refused from now on because the store cannot take them. */
  void suspend(boolean refuse) {
    lock.lock();
    try {
      suspended = refuse;
    } finally {
      lock.unlock();
    }
  }

  /** Whether everything was answered in this time; an interrupt ends the wait, and stays. */
  boolean awaitAnswered(Duration atMost) {
    long nanos = atMost.toNanos();
    lock.lock();
    try {
      while (events > 0 && nanos > 0) {
        nanos = allAnswered.awaitNanos(nanos);
      }
      return events == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  boolean isOpen() {
    lock.lock();
    try {
      return closed == null;
    } finally {
      lock.unlock();
    }
  }

  int events() {
    lock.lock();
    try {
      return events;
    } finally {
      lock.unlock();
    }
  }

  long bytes() {
    lock.lock();
    try {
      return bytes;
    } finally {
      lock.unlock();
    }
  }
}
