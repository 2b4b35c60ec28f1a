package io.messagerelay.consumer.intake;

import java.time.Duration;
import java.util.List;

/** What became of a request's events. */
public sealed interface IntakeResult {

  /**
   * Every event has its answer, in order; what is stored is on disk.
   *
   * @param waited from when the request was accepted to the commit of its last event
   */
  record Committed(List<Outcome> outcomes, Duration waited) implements IntakeResult {
    public Committed {
      outcomes = List.copyOf(outcomes);
    }
  }

  /** Nothing is promised about any of them; try again. */
  record Deferred(Reason reason, Duration retryAfter) implements IntakeResult {}

  /** Why a request is put off. */
  enum Reason {
    /** The queue is full. */
    OVERLOADED,
    /** The store cannot commit. */
    STORE_UNAVAILABLE,
    /** The commit's answer was lost and could not be looked up. */
    COMMIT_UNKNOWN,
    /** The process is about to end. */
    DRAINING
  }

  /** What became of one event. */
  sealed interface Outcome {
    record Stored(long position) implements Outcome {}

    record Duplicate(long position) implements Outcome {}

    /** The id is taken by other content. */
    record Conflict() implements Outcome {}

    /** The store refuses this event, whatever is tried; {@code detail} is for its sender. */
    record Refused(String detail) implements Outcome {}
  }
}
