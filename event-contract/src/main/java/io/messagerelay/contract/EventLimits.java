package io.messagerelay.contract;

/** The sizes that both services hold to. */
public final class EventLimits {
  /** The largest event on the wire, in bytes of JSON. */
  public static final int EVENT_BYTES = 256 * 1024;

  /** The largest body of {@code POST /event}, in bytes. */
  public static final int BODY_BYTES = 4 * 1024 * 1024;

  /** The most events in one body. */
  public static final int BATCH_EVENTS = 1_000;

  /** The most errors named for one rejected item of a batch. */
  public static final int ITEM_ERRORS = 8;

  /** The deepest nesting of an event, its own braces included. */
  public static final int JSON_DEPTH = 64;

  /** The longest event id, in code points. */
  public static final int ID_LENGTH = 64;

  /** The longest event type, event key and traceparent, in code points. */
  public static final int NAME_LENGTH = 255;

  private EventLimits() {}
}
