package io.messagerelay.propagator.delivery;

import io.messagerelay.propagator.spool.SpooledEvent;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * Which events do harm to a consumer: some make it fail until it is mended, some always, and some
 * take it longer than anybody waits.
 */
final class Ailments {
  private static final int POISONOUS = 4;
  private static final int INCURABLE = 2;
  private static final int SLOW = 3;

  private final Set<String> poisonous;
  private final Set<String> incurable;
  private final Set<String> slow;
  private final BooleanSupplier mended;

  Ailments(RandomGenerator random, int events, BooleanSupplier mended) {
    this.poisonous = some(random, POISONOUS, events);
    this.incurable = some(random, INCURABLE, events);
    this.slow = some(random, SLOW, events);
    this.mended = mended;
  }

  private static Set<String> some(RandomGenerator random, int count, int events) {
    var ids = new HashSet<String>();
    while (ids.size() < count) {
      ids.add(NumberedSource.id(1 + random.nextInt(events)));
    }
    return ids;
  }

  /** Whether a consumer fails of these. */
  boolean poison(List<SpooledEvent> batch) {
    return isAmong(batch, incurable) || (isAmong(batch, poisonous) && !mended.getAsBoolean());
  }

  /** Whether a consumer takes longer than anybody waits. */
  boolean slowDown(List<SpooledEvent> batch) {
    return isAmong(batch, slow) && !mended.getAsBoolean();
  }

  boolean isIncurable(String id) {
    return incurable.contains(id);
  }

  private static boolean isAmong(List<SpooledEvent> batch, Set<String> ids) {
    return batch.stream().anyMatch(event -> ids.contains(event.eventId()));
  }
}
