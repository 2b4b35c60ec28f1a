package io.messagerelay.system.way;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Events that no request gets through with, until each was seen in so many requests, or for so
 * long: a relay that asks ever more seldom would keep the run from its end. Shared by threads.
 */
final class Poison {
  private static final int MOST = 20;
  private static final int LEAST = 2;
  private static final int EVENTS_TO_ONE = 1_000;

  /** The last part of the events is free of it, so that the end does not wait for it. */
  private static final double LAST = 0.8;

  private final Set<Integer> items;
  private final int requests;
  private final long atMostNanos;
  private final LongSupplier ticker;

  @GuardedBy("this")
  private final Map<Integer, Seen> seen = new HashMap<>();

  /** How often one of them was seen, and when first. */
  private record Seen(int requests, long since) {}

  /**
   * @param items their numbers
   * @param requests that each stops before it passes
   * @param atMost from the first of them to the last
   */
  Poison(Set<Integer> items, int requests, Duration atMost, LongSupplier ticker) {
    this.items = Set.copyOf(items);
    this.requests = requests;
    this.atMostNanos = atMost.toNanos();
    this.ticker = ticker;
  }

  /**
   * Numbers all over the run, every other one even: the even ones have a key.
   *
   * @param events in the run
   */
  static Set<Integer> among(int events, RandomGenerator random) {
    int count = Math.clamp(events / EVENTS_TO_ONE, LEAST, MOST);
    int apart = Math.max(2, (int) (events * LAST / count));
    Set<Integer> items = new LinkedHashSet<>();
    for (int i = 0; i < count; i++) {
      items.add(apart * i / 2 * 2 + 2 * (1 + random.nextInt(apart / 2)) + i % 2);
    }
    return items;
  }

  /** Whether a request with these may not pass; it counts. */
  synchronized boolean stops(List<Integer> request) {
    boolean stops = false;
    for (int item : request) {
      stops |= items.contains(item) && isStopped(item);
    }
    return stops;
  }

  @GuardedBy("this")
  private boolean isStopped(int item) {
    long now = ticker.getAsLong();
    Seen all =
        seen.merge(item, new Seen(1, now), (old, _) -> new Seen(old.requests + 1, old.since));
    return all.requests <= requests && now - all.since < atMostNanos;
  }

  /** How many have come by. */
  synchronized int met() {
    return seen.size();
  }
}
