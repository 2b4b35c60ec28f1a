package io.messagerelay.propagator.source;

import java.time.Duration;

/**
 * The beats of a schedule. Those that passed while nobody asked are left out, never made up for.
 * Used by one thread.
 */
public interface Beats {
  /** Whether one is due; each is given once. */
  boolean take();

  /** How long to wait before asking again. */
  Duration pause();
}
