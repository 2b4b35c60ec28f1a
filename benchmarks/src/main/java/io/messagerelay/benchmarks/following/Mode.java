package io.messagerelay.benchmarks.following;

import io.messagerelay.benchmarks.load.ClosedLoop;
import io.messagerelay.benchmarks.load.EventRequests;
import io.messagerelay.benchmarks.load.SampleEvents;
import io.messagerelay.benchmarks.load.SteadyLoad;
import io.messagerelay.benchmarks.load.TimeOrderedIds;
import io.messagerelay.benchmarks.load.Traffic;
import java.util.function.LongSupplier;

/** What is sent while readers follow, and what of it they follow. */
enum Mode {
  /** A steady rate, of which readers take everything. */
  EVERYTHING("/event", "SELECT COUNT(*), SUM(id) FROM event WHERE id > ?") {
    @Override
    Traffic traffic(int port, String token, TimeOrderedIds ids, int rate, LongSupplier nanoTime) {
      return SteadyLoad.open(port, new EventRequests(token, STEADY, ids), rate, nanoTime);
    }

    @Override
    long wanted(long stored) {
      return stored;
    }
  },
  /** As much as the service takes, of which readers take one event in a thousand. */
  ONE_TYPE(
      "/event?type=" + Mode.FOLLOWED,
      "SELECT COUNT(*), SUM(id) FROM event WHERE id > ? AND type = '" + Mode.FOLLOWED + "'") {
    @Override
    Traffic traffic(int port, String token, TimeOrderedIds ids, int rate, LongSupplier nanoTime) {
      var requests = new EventRequests(token, FULL, ids, Mode::typeOf);
      return ClosedLoop.open(port, CONNECTIONS, requests, nanoTime);
    }

    @Override
    long wanted(long stored) {
      return stored / FULL;
    }
  };

  /** One of these is in each full request. */
  private static final String FOLLOWED = "order.refunded";

  /** Events a request at a steady rate. */
  private static final int STEADY = 10;

  /** Events a request at full speed, as a replay sends them. */
  private static final int FULL = 1_000;

  /** As many as event-propagator has lanes. */
  private static final int CONNECTIONS = 4;

  private final String target;
  private final String expected;

  Mode(String target, String expected) {
    this.target = target;
    this.expected = expected;
  }

  private static String typeOf(int number) {
    return number % FULL == 0 ? FOLLOWED : SampleEvents.type(number);
  }

  /** Path and query of the stream. */
  String target() {
    return target;
  }

  /** SQL for the number and the sum of positions behind one that a reader must have got. */
  String expected() {
    return expected;
  }

  /** How many of so many stored events a reader wants. */
  abstract long wanted(long stored);

  /**
   * Opens the load.
   *
   * @param rate events/s where it is steady
   */
  abstract Traffic traffic(
      int port, String token, TimeOrderedIds ids, int rate, LongSupplier nanoTime);
}
