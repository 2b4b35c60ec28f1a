package io.messagerelay.consumer.retention;

import io.messagerelay.consumer.store.Backend;
import io.messagerelay.consumer.store.Database;
import io.messagerelay.consumer.store.HourCount;
import io.messagerelay.consumer.store.ManualClock;
import io.messagerelay.consumer.store.Page;
import io.messagerelay.consumer.store.StoreException;
import io.messagerelay.consumer.store.StoredEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A store in a real database, a clock set by hand, and what tests of retention do with them. */
final class RetentionBench implements AutoCloseable {
  final ManualClock clock = ManualClock.at("2026-01-01T00:00:00Z");
  final Path archive;
  private final Backend.Place place;
  private final Database database;

  RetentionBench(Backend backend, Path folder) throws Exception {
    place = backend.place(folder);
    database = place.open(clock);
    archive = folder.resolve("archive");
  }

  Database database() {
    return database;
  }

  /** Another consumer of the store. */
  Database open() throws Exception {
    return place.open(clock);
  }

  static RetentionRules age(Duration age) {
    return new RetentionRules(Optional.of(age), OptionalLong.empty(), List.of());
  }

  static RetentionRules count(long count) {
    return new RetentionRules(Optional.empty(), OptionalLong.of(count), List.of());
  }

  static RetentionRules types(Optional<Duration> age, String types) {
    return new RetentionRules(age, OptionalLong.empty(), RetentionRules.types(types).orElseThrow());
  }

  Retention retention(RetentionRules rules) {
    return retention(rules, "holder", Optional.empty());
  }

  Retention archiving(RetentionRules rules) {
    return retention(rules, "holder", Optional.of(archive));
  }

  Retention retention(RetentionRules rules, String holder, Optional<Path> folder) {
    return new Retention(
        rules, database.events(), database.retention(), folder, holder, clock, () -> 0);
  }

  /** All that are left, however many. */
  List<StoredEvent> all() throws StoreException {
    return database.events().page(new Page(1, Long.MAX_VALUE, true, List.of(), 100_000));
  }

  List<String> ids() throws StoreException {
    return all().stream().map(event -> event.event().id()).toList();
  }

  List<HourCount> counts() throws StoreException {
    Instant never = Instant.parse("2100-01-01T00:00:00Z");
    return database.counts().between(Instant.EPOCH, never, List.of(), 100_000);
  }

  /** Of events that are there, by the counts. */
  long counted() throws StoreException {
    return counts().stream().mapToLong(count -> count.stored() - count.removed()).sum();
  }

  @Override
  public void close() {
    database.close();
    place.close();
  }
}
