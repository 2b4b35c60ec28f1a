package io.messagerelay.propagator.delivery;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/**
 * Who may have a request in flight: a lane holds one of so many places as the {@link Allowance}
 * says, from before it looks what to send until it was answered. Who finds none waits in line, is
 * handed the next one that is free, and is woken for it. Guarded by whoever owns it.
 */
public final class Places {
  private final Allowance allowance;
  private final LongSupplier ticker;
  private final IntConsumer wake;

  private final Set<Integer> held = new HashSet<>();
  private final Map<Integer, Request> underWay = new HashMap<>();
  private final LinkedHashSet<Integer> waiting = new LinkedHashSet<>();

  /** Whose last request failed. */
  private final Set<Integer> turnedAway = new HashSet<>();

  /**
   * Who goes in line when it asks next, also when a place is left over: who was turned away, and
   * who made room for it. Otherwise the one who comes anew would be one too many for the consumer
   * again and again, and those who got in once would stay.
   */
  private final Set<Integer> steppingBack = new HashSet<>();

  private int mostUnderWay;

  /**
   * @param most requests in flight at once
   * @param ticker monotonic nanoseconds
   * @param wake lets a lane look again at once; told its number, and must not wait
   */
  public Places(int most, LongSupplier ticker, IntConsumer wake) {
    this.allowance = new Allowance(most);
    this.ticker = ticker;
    this.wake = wake;
  }

  private record Request(long sentAt, int inFlight) {}

  int most() {
    return allowance.most();
  }

  int allowed() {
    return allowance.now();
  }

  /** The most requests that were under way at once since this was asked last. */
  int mostUnderWay() {
    int most = mostUnderWay;
    mostUnderWay = underWay.size();
    return most;
  }

  /** True when the lane has a place, or gets one; false puts it in line. */
  boolean take(int lane) {
    if (held.contains(lane)) {
      return true;
    }
    boolean stepsBack = steppingBack.remove(lane) && !held.isEmpty();
    if (held.size() < allowance.now() && !stepsBack) {
      give(lane);
      return true;
    }
    waiting.add(lane);
    return false;
  }

  private void give(int lane) {
    held.add(lane);
    waiting.remove(lane);
    turnedAway.remove(lane);
  }

  /** The lane may not send yet, whether it has a place or not. */
  void waitInLine(int lane) {
    held.remove(lane);
    steppingBack.remove(lane);
    waiting.add(lane);
  }

  void sent(int lane) {
    underWay.put(lane, new Request(ticker.getAsLong(), underWay.size() + 1));
    mostUnderWay = Math.max(mostUnderWay, underWay.size());
  }

  /** False when the place went to a lane that waits, or is one too many now. */
  boolean answered(int lane) {
    Request request = underWay.remove(lane);
    if (request != null) {
      allowance.answered(ticker.getAsLong() - request.sentAt, request.inFlight);
    }
    boolean keeps = held.contains(lane) && waiting.isEmpty() && held.size() <= allowance.now();
    if (!keeps) {
      makeRoom(lane);
    }
    handOver();
    return keeps;
  }

  private void makeRoom(int lane) {
    leave(lane);
    if (!waiting.isEmpty() && turnedAway.contains(waiting.getFirst())) {
      steppingBack.add(lane);
    }
  }

  void failed(int lane) {
    Request request = underWay.get(lane);
    if (request != null) {
      allowance.failed(request.inFlight);
    }
    leave(lane);
    turnedAway.add(lane);
    steppingBack.add(lane);
  }

  /** Its place is free from now on, and handed to nobody. */
  void leave(int lane) {
    underWay.remove(lane);
    held.remove(lane);
  }

  /** Gives what is free to those who have waited longest. */
  void handOver() {
    while (held.size() < allowance.now() && !waiting.isEmpty()) {
      int lane = waiting.getFirst();
      give(lane);
      wake.accept(lane);
    }
  }
}
