package io.messagerelay.system;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

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
   * Makes every kill of the plan, or as many as there are events for, and says so. Afterwards the
   * victim runs.
   *
   * @return how many were made
   */
  int follow(KillPlan plan, Victim victim) {
    int made = 0;
    for (KillPlan.Kill kill : plan.kills()) {
      awaitWork(kill, victim);
      LockSupport.parkNanos(kill.delay().toNanos());
      if (isDone()) {
        say.accept(
            "killed %-16s %2d of %d times in all: every event is stored"
                .formatted(victim.name(), made, plan.kills().size()));
        break;
      }
      victim.kill();
      made++;
      say.accept(
          "killed %-16s %2d of %d, %,d stored"
              .formatted(victim.name(), made, plan.kills().size(), stored.getAsLong()));
      victim.start();
    }
    return made;
  }

  private boolean isDone() {
    return stored.getAsLong() >= events;
  }

  /** Stored events show that the consumer works; they need the propagator too. */
  private void awaitWork(KillPlan.Kill kill, Victim victim) {
    long wanted = Math.max(kill.atStored(), stored.getAsLong() + 1);
    Waiting.until(
        victim.name() + " stores event " + wanted + "; see " + victim.trace(),
        PATIENCE,
        () -> {
          boolean alive = victim.isAlive();
          if (isDone()) {
            return true;
          }
          if (!alive) {
            throw new IllegalStateException(
                "%s ended before its next kill; see %s".formatted(victim.name(), victim.trace()));
          }
          return stored.getAsLong() >= wanted && victim.works();
        });
  }
}
