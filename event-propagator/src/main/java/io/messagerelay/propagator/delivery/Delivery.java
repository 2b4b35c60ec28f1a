package io.messagerelay.propagator.delivery;

import io.messagerelay.propagator.spool.Settlement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What became of one attempt to deliver a batch. */
public sealed interface Delivery {

  /**
   * The consumer answered for every event. One settlement an event, in the order they were sent.
   */
  record Answered(List<Settlement> settlements) implements Delivery {
    public Answered {
      settlements = List.copyOf(settlements);
    }
  }

  /**
   * Nothing is known to be stored; try again. The consumer may be to blame or one of the events.
   *
   * @param cause for a person: what happened
   * @param retryAfter what the consumer asked for, unbounded; empty when it did not
   */
  record Deferred(String cause, Optional<Duration> retryAfter) implements Delivery {}

  /** As {@link Deferred}, but the consumer takes nothing from anybody now: no event is to blame. */
  record Away(String cause, Optional<Duration> retryAfter) implements Delivery {}

  /**
   * The batch was refused as a whole and nothing says which event is to blame: send smaller ones.
   * Never for a batch of one.
   */
  record TooBig(String cause) implements Delivery {}

  /** Whatever we send will be refused until a person changes a setting. */
  record Held(String reason) implements Delivery {}
}
