package io.messagerelay.propagator.spool;

import java.util.List;

/**
 * What a look at all of a spool found.
 *
 * @param pending events that wait
 * @param dead letters
 * @param bytes of the bodies of both
 * @param problems what differs from what should be, for a person; at most some dozens
 */
public record Audit(long pending, long dead, long bytes, List<String> problems) {
  public Audit {
    problems = List.copyOf(problems);
  }

  public boolean isSound() {
    return problems.isEmpty();
  }
}
