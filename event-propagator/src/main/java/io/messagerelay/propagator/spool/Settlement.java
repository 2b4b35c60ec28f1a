package io.messagerelay.propagator.spool;

import java.util.List;

/** What finally became of a spooled event. */
public sealed interface Settlement {
  SpooledEvent event();

  /** The consumer stored it. */
  record Delivered(SpooledEvent event) implements Settlement {}

  /** The consumer had stored it before. */
  record Duplicate(SpooledEvent event) implements Settlement {}

  /**
   * The consumer refused it for good: it becomes a dead letter. {@code status} is the HTTP status,
   * or 400 inside a batch.
   */
  record Dead(SpooledEvent event, int status, List<String> reasons) implements Settlement {
    public Dead {
      reasons = List.copyOf(reasons);
    }
  }
}
