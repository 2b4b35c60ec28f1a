package io.messagerelay.consumer.limit;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * How many places each key may hold at once. Only keys that hold one take memory, so there are
 * never more of them than places held. Shared by threads; keys do not wait for one another.
 */
public final class ConcurrencyLimit<K> {
  private final int limit;
  private final ConcurrentMap<K, Integer> held = new ConcurrentHashMap<>();

  /**
   * @param limit for one key; at 0 nobody gets a place
   */
  public ConcurrencyLimit(int limit) {
    this.limit = limit;
  }

  /** Takes a place, which {@link #leave} gives back; false when all are taken. */
  public boolean enter(K key) {
    var entered = new boolean[1];
    held.compute(
        key,
        (_, before) -> {
          int places = before == null ? 0 : before;
          entered[0] = places < limit;
          return entered[0] ? Integer.valueOf(places + 1) : before;
        });
    return entered[0];
  }

  /**
   * @throws IllegalStateException when the key holds no place: it would get one too many
   */
  public void leave(K key) {
    held.compute(
        key,
        (_, before) -> {
          if (before == null) {
            throw new IllegalStateException("more places were given back than taken");
          }
          return before == 1 ? null : Integer.valueOf(before - 1);
        });
  }

  public int limit() {
    return limit;
  }

  int held(K key) {
    return held.getOrDefault(key, 0);
  }

  int keys() {
    return held.size();
  }
}
