package io.messagerelay.propagator.source.outbox;

/** What becomes of a row whose event is in the spool. */
public enum Done {
  DELETE,
  /** Its {@link Column#DONE_AT} is set. */
  MARK
}
