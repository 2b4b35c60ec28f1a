package io.messagerelay.consumer.retention;

import io.messagerelay.consumer.retention.Sweep.Doomed;
import io.messagerelay.consumer.store.RetentionStore;
import io.messagerelay.consumer.store.StoreException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How many events one rule would remove.
 *
 * @param rule {@code count}, {@code age}, or the pattern of a type
 * @param atLeast whether there are more: counting ends at {@value #MOST} for a rule, and at {@value
 *     #MOST_CUTS} types
 */
public record Doom(String rule, long events, boolean atLeast) {
  static final long MOST = 1_000_000;
  static final int MOST_CUTS = 10_000;

  static List<Doom> of(Sweep sweep, RetentionStore store) throws StoreException {
    Map<String, Long> counts = new LinkedHashMap<>();
    int cuts = 0;
    Optional<Doomed> next = sweep.next();
    while (next.isPresent() && cuts++ < MOST_CUTS) {
      String rule = next.get().rule();
      long room = MOST - counts.getOrDefault(rule, 0L);
      long events = room == 0 ? 0 : store.count(next.get().cut(), room);
      counts.merge(rule, events, Long::sum);
      next = sweep.next();
    }
    boolean unseen = next.isPresent();
    List<Doom> dooms = new ArrayList<>();
    counts.forEach((rule, events) -> dooms.add(new Doom(rule, events, unseen || events == MOST)));
    return dooms;
  }
}
