package io.messagerelay.propagator.source.outbox;

/** What the payload column of an outbox holds, and the event is sent with. */
public enum PayloadForm {
  /** A text, JSON or not: the payload is a JSON string. */
  TEXT,
  /** One JSON value, in a column of whatever type: the payload is that value. */
  JSON
}
