package io.messagerelay.consumer.limit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.Supplier;

/** A map that keeps the entries used last, up to a limit. Shared by threads. */
public final class RecentlyUsed<K, V> {
  private final int limit;

  @GuardedBy("this")
  private final LinkedHashMap<K, V> entries = new LinkedHashMap<>(16, 0.75f, true);

  public RecentlyUsed(int limit) {
    this.limit = limit;
  }

  public synchronized Optional<V> find(K key) {
    return Optional.ofNullable(entries.get(key));
  }

  public synchronized V findOrAdd(K key, Supplier<V> fresh) {
    V value = entries.computeIfAbsent(key, k -> fresh.get());
    if (entries.size() > limit) {
      entries.pollFirstEntry();
    }
    return value;
  }

  public synchronized void remove(K key) {
    entries.remove(key);
  }

  public synchronized int size() {
    return entries.size();
  }
}
