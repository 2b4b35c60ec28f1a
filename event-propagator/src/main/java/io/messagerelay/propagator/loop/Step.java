package io.messagerelay.propagator.loop;

import java.time.Duration;

/**
 * One round of work that never ends. Never waits for its next round itself; a {@link Loop} does.
 */
@FunctionalInterface
public interface Step {
  /** Nothing more to do until {@link Loop#wake}. */
  Duration NEVER = Duration.ofSeconds(Long.MAX_VALUE);

  /**
   * Works once.
   *
   * @return how long to wait before the next round, unless woken; zero for at once
   */
  Duration run() throws InterruptedException;

  /** Ends what the last round has left under way. Once, when no other will follow. */
  default void finish() throws InterruptedException {}
}
