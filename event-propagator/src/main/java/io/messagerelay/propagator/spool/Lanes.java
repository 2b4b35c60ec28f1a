package io.messagerelay.propagator.spool;

import org.jspecify.annotations.Nullable;

/**
 * Which lane an event goes by. Events of one key share a lane, so they stay in order; events
 * without a key share the lane of their source. A spool stores the hash, so that the number of
 * lanes may change from run to run.
 *
 * @param count 1 to 64
 */
public record Lanes(int count) {
  public Lanes {
    if (count < 1 || count > 64) {
      throw new IllegalArgumentException("lanes: " + count + "; expected 1 to 64");
    }
  }

  /** 0 to {@code count - 1}; the same for the same key in every run of so many lanes. */
  public int of(@Nullable String eventKey, String source) {
    return hash(eventKey, source) % count;
  }

  /** 0 or more; the same in every run. */
  static int hash(@Nullable String eventKey, String source) {
    return (eventKey == null ? source : "key " + eventKey).hashCode() & Integer.MAX_VALUE;
  }
}
