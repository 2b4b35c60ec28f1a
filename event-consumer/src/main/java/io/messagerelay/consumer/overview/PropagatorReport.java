package io.messagerelay.consumer.overview;

import java.util.OptionalDouble;

/**
 * What a propagator says of itself.
 *
 * @param name of its host and its spool; 1 to {@value #LONGEST_NAME} printable characters of ASCII
 * @param pending events in its spool
 * @param ageSeconds of the one that has waited longest; empty where none waits
 * @param dead its dead letters
 */
public record PropagatorReport(String name, long pending, OptionalDouble ageSeconds, long dead) {
  public static final int LONGEST_NAME = 100;

  public PropagatorReport {
    if (name.isEmpty() || name.length() > LONGEST_NAME) {
      throw new IllegalArgumentException("a propagator's name has 1 to 100 characters");
    }
    if (pending < 0 || dead < 0 || ageSeconds.orElse(0) < 0) {
      throw new IllegalArgumentException("nothing that a propagator reports is below zero");
    }
  }
}
