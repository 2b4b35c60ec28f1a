package io.messagerelay.consumer.schema;

/** What becomes of events whose type has no schema. */
public enum UnknownTypes {
  /** They need no more than the built-in form and what the envelope says. */
  ACCEPT,
  REFUSE
}
