package io.messagerelay.propagator.delivery;

/** What counts as the receiver's word that it keeps an event. */
public enum Acknowledge {
  /** A 2xx that carries the event's id. */
  ID,
  /**
   * Any 2xx, one event a request: for receivers that are not ours. A page of something in between
   * can then pass for one.
   */
  STATUS
}
