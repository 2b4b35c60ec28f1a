package io.messagerelay.system;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Kills processes while they work and starts them again at once. Shared by threads. */
final class Killer {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final LongSupplier stored;
  private final long events;
  private final Consumer<String> say;

  /**
   * @param stored how many events are; grows while both processes work
   * @param events how many there will be; then there is nothing left to disturb
   * @param say takes a line for a person at each kill
   */
  Killer(LongSupplier stored, long events, Consumer<String> say) {
    this.stored = stored;
    this.events = events;
    this.say = say;
  }

  /**
   * Whom to kill.
   *
   * @param works whether the process has done some of its work since it was started
   */
  record Victim(String name, Supplier<Child> start, Predicate<Child> works) {}

  /**
   * What became of a plan.
   *
   * @param last the process that runs afterwards
   * @param kills how many were made
   */
  record Outcome(Child last, int kills) {}

  /**
   * Makes every kill of the plan, or as many as there are events for, and says so.
   *
   * @param first the process that runs now
   */
  Outcome follow(KillPlan plan, Victim victim, Child first) {
    Child child = first;
    int made = 0;
    for (KillPlan.Kill kill : plan.kills()) {
      awaitWork(kill, victim, child);
      LockSupport.parkNanos(kill.delay().toNanos());
      if (isDone()) {
        say.accept(
            "killed %-16s %2d of %d times in all: every event is stored"
                .formatted(victim.name(), made, plan.kills().size()));
        break;
      }
      child.kill();
      made++;
      say.accept(
          "killed %-16s %2d of %d, %,d stored"
              .formatted(victim.name(), made, plan.kills().size(), stored.getAsLong()));
      child = victim.start().get();
    }
    return new Outcome(child, made);
  }

  private boolean isDone() {
    return stored.getAsLong() >= events;
  }

  /** Stored events show that the consumer works; they need the propagator too. */
  private void awaitWork(KillPlan.Kill kill, Victim victim, Child child) {
    long wanted = Math.max(kill.atStored(), stored.getAsLong() + 1);
    Waiting.until(
        victim.name() + " stores event " + wanted + "; its log: " + child.log(),
        PATIENCE,
        () -> {
          boolean alive = child.alive();
          if (isDone()) {
            return true;
          }
          if (!alive) {
            throw new IllegalStateException(
                "%s ended before its next kill; its log: %s".formatted(victim.name(), child.log()));
          }
          return stored.getAsLong() >= wanted && victim.works().test(child);
        });
  }
}
