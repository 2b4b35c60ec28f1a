package io.messagerelay.consumer.store;

/** A store that could not do what it was asked. */
public final class StoreException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What is known about the group. */
  public enum Kind {
    /** The store is away, busy, full or read-only. Nothing of the group was stored. Try again. */
    UNAVAILABLE,
    /**
     * The store refuses a row of the group. Nothing of the group was stored. Trying the same again
     * is no use; a part of it may pass.
     */
    REFUSED,
    /**
     * The answer to the commit was lost, and looking it up failed. Try again: ids make that safe.
     */
    UNKNOWN
  }

  private final Kind kind;

  public StoreException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public StoreException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
