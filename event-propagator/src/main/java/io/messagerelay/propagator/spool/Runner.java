package io.messagerelay.propagator.spool;

import java.util.OptionalLong;

/**
 * Who runs on a spool.
 *
 * @param process its id; empty when it is not known
 */
public record Runner(OptionalLong process) {

  /** {@code event-propagator (process 4711)}. */
  @Override
  public String toString() {
    return "event-propagator" + (process.isEmpty() ? "" : " (process " + process.getAsLong() + ")");
  }
}
