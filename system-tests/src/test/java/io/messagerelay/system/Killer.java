package io.messagerelay.system;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Kills processes while they work and starts them again at once. Shared by threads. */
final class Killer {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final StoreFile store;
  private final Consumer<String> say;

  /**
   * @param store grows while both processes work
   * @param say takes a line for a person at each kill
   */
  Killer(StoreFile store, Consumer<String> say) {
    this.store = store;
    this.say = say;
  }

  /**
   * Whom to kill.
   *
   * @param works whether the process has done some of its work since it was started
   */
  record Victim(String name, Supplier<Child> start, Predicate<Child> works) {}

  /**
   * Makes every kill of the plan.
   *
   * @param first the process that runs now
   * @return the one that runs afterwards
   */
  Child follow(KillPlan plan, Victim victim, Child first) {
    Child child = first;
    int made = 0;
    for (KillPlan.Kill kill : plan.kills()) {
      awaitWork(kill, victim, child);
      LockSupport.parkNanos(kill.delay().toNanos());
      child.kill();
      made++;
      say.accept(
          "killed %-16s %2d of %d, %,d stored"
              .formatted(victim.name(), made, plan.kills().size(), store.count()));
      child = victim.start().get();
    }
    return child;
  }

  /** Stored events show that the consumer works; they need the propagator too. */
  private void awaitWork(KillPlan.Kill kill, Victim victim, Child child) {
    long wanted = Math.max(kill.atStored(), store.count() + 1);
    Waiting.until(
        victim.name() + " stores event " + wanted + "; its log: " + child.log(),
        PATIENCE,
        () -> {
          if (!child.alive()) {
            throw new IllegalStateException(
                "%s ended before its next kill; its log: %s".formatted(victim.name(), child.log()));
          }
          return store.count() >= wanted && victim.works().test(child);
        });
  }
}
