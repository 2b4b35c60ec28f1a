package io.messagerelay.consumer.retention;

import io.messagerelay.consumer.retention.RetentionRules.TypeRule;
import io.messagerelay.consumer.store.Cut;
import io.messagerelay.consumer.store.EventStore;
import io.messagerelay.consumer.store.RetentionStore;
import io.messagerelay.consumer.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Finds what goes by the rules at one moment, cut by cut: first whatever is beyond the count, then
 * beyond the longest age, then type by type. Each look costs a step through an index, however many
 * events there are. Used by one thread.
 */
final class Sweep {
  static final String COUNT = "count";
  static final String AGE = "age";

  /**
   * Events to remove.
   *
   * @param rule what decides so: {@value #COUNT}, {@value #AGE}, or the pattern of a type
   */
  record Doomed(Cut cut, String rule) {}

  private enum Stage {
    COUNT,
    AGE,
    TYPES
  }

  private final RetentionRules rules;
  private final EventStore events;
  private final RetentionStore store;
  private final Instant now;
  private Stage stage = Stage.COUNT;
  private long from = 1;
  private String type = "";

  Sweep(RetentionRules rules, EventStore events, RetentionStore store, Instant now) {
    this.rules = rules;
    this.events = events;
    this.store = store;
    this.now = now;
  }

  /** The next cut, which may turn out empty; none when all is looked at. */
  Optional<Doomed> next() throws StoreException {
    return switch (stage) {
      case COUNT -> {
        stage = Stage.AGE;
        yield rules.count().isPresent() ? Optional.of(beyondCount()) : next();
      }
      case AGE -> {
        stage = Stage.TYPES;
        Optional<Duration> age = rules.longestAge();
        yield age.isPresent() ? Optional.of(beyondAge(age.get())) : next();
      }
      case TYPES -> rules.types().isEmpty() ? Optional.empty() : nextType();
    };
  }

  private Doomed beyondCount() throws StoreException {
    long before = store.lastPosition() - rules.count().orElseThrow() + 1;
    return upTo(before, COUNT);
  }

  private Doomed beyondAge(Duration age) throws StoreException {
    return upTo(firstYoungerThan(age), AGE);
  }

  private Doomed upTo(long before, String rule) {
    Cut cut = new Cut(from, before, null);
    from = Math.max(from, before);
    return new Doomed(cut, rule);
  }

  /** The last position is read first: what comes after that is young. */
  private long firstYoungerThan(Duration age) throws StoreException {
    long last = store.lastPosition();
    OptionalLong first = events.firstPositionSince(now.minus(age));
    return first.orElse(last + 1);
  }

  private Optional<Doomed> nextType() throws StoreException {
    for (Optional<String> found = store.typeAfter(type);
        found.isPresent();
        found = store.typeAfter(type)) {
      type = found.get();
      Optional<TypeRule> rule = rules.of(type);
      Optional<Duration> age = rule.map(TypeRule::age).or(rules::age);
      if (age.isPresent()) {
        Cut cut = new Cut(from, firstYoungerThan(age.get()), type);
        return Optional.of(new Doomed(cut, rule.map(TypeRule::pattern).orElse(AGE)));
      }
    }
    return Optional.empty();
  }
}
