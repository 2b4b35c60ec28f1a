package io.messagerelay.consumer.http;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What one request holds of the limits, until its answer has ended or its connection is gone;
 * whatever ends first gives it back, once. Shared by the request's event loop and the thread that
 * works on it.
 */
final class Place {
  private static final String KEY = Place.class.getName();

  @GuardedBy("this")
  private final List<Runnable> held = new ArrayList<>(2);

  @GuardedBy("this")
  private final List<Runnable> atEnd = new ArrayList<>(1);

  @GuardedBy("this")
  private boolean ended;

  /** The one of a request that has passed the edge. */
  static Place of(RoutingContext call) {
    return Objects.requireNonNull(call.get(KEY));
  }

  void keepWith(RoutingContext call) {
    call.put(KEY, this);
  }

  /**
   * @param leave gives back what was taken; at once when all is over already
   */
  synchronized void hold(Runnable leave) {
    if (ended) {
      leave.run();
    } else {
      held.add(leave);
    }
  }

  /** As {@link #hold}, but not given back before the end. */
  synchronized void onEnd(Runnable leave) {
    if (ended) {
      leave.run();
    } else {
      atEnd.add(leave);
    }
  }

  /** Gives back what is held so far; more may come. */
  synchronized void release() {
    held.forEach(Runnable::run);
    held.clear();
  }

  synchronized void end() {
    ended = true;
    release();
    atEnd.forEach(Runnable::run);
    atEnd.clear();
  }
}
