package io.messagerelay.system.way;

import java.time.Duration;

/** Lets time pass. */
@FunctionalInterface
interface Sleep {
  void pass(Duration time) throws InterruptedException;
}
