package io.messagerelay.propagator.source.outbox;

import java.util.Locale;

/** What a column of an outbox holds. Its name is the same in lower case unless it is mapped. */
public enum Column {
  /** The row's key: unique, and never given to another row. Rows are taken in its order. */
  ID(true),
  EVENT_ID(false),
  EVENT_TYPE(true),
  EVENT_PAYLOAD(true),
  EVENT_KEY(false),
  TRACEPARENT(false),
  /** When the row was done; looked at where rows are marked and not deleted. */
  DONE_AT(false);

  private final boolean needed;

  Column(boolean needed) {
    this.needed = needed;
  }

  /** Whether every outbox has it. */
  boolean isNeeded() {
    return needed;
  }

  /** Its name where it is not mapped. */
  public String defaultName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
