package io.messagerelay.consumer.store;

/** A store that somebody else has open, and that must be nobody's for what was asked. */
public final class StoreInUseException extends Exception {
  private static final long serialVersionUID = 1L;

  StoreInUseException(String message) {
    super(message);
  }
}
