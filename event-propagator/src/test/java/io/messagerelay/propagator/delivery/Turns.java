package io.messagerelay.propagator.delivery;

import io.messagerelay.propagator.loop.Step;
import io.messagerelay.propagator.spool.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lets steps take their turns on a clock that a test drives, as loops do. */
final class Turns {
  private final ManualClock clock;
  private final Runnable check;
  private final List<Step> woken = new ArrayList<>();

  /**
   * @param check is run after each turn
   */
  Turns(ManualClock clock, Runnable check) {
    this.clock = clock;
    this.check = check;
  }

  /** Its turn is the next but for others that were woken. */
  void wake(Step step) {
    woken.add(step);
  }

  /** For so long, each when it wants to or is woken; all of them at first. */
  void advance(List<? extends Step> steps, Duration time) throws InterruptedException {
    Instant end = clock.instant().plus(time);
    Map<Step, Instant> next = new LinkedHashMap<>();
    steps.forEach(step -> next.put(step, clock.instant()));
    while (true) {
      Map.Entry<Step, Instant> first =
          Collections.min(next.entrySet(), Map.Entry.comparingByValue());
      if (first.getValue().isAfter(end)) {
        clock.advance(Duration.between(clock.instant(), end));
        return;
      }
      clock.advance(Duration.between(clock.instant(), first.getValue()));
      first.setValue(clock.instant().plus(first.getKey().run()));
      check.run();
      woken.forEach(step -> next.put(step, clock.instant()));
      woken.clear();
    }
  }
}
