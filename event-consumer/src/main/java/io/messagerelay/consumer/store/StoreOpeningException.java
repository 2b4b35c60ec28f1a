package io.messagerelay.consumer.store;

/** A store that cannot be opened. The message is one line for a person: which, why, what to do. */
public final class StoreOpeningException extends Exception {
  private static final long serialVersionUID = 1L;

  StoreOpeningException(String message, Throwable cause) {
    super(message, cause);
  }

  StoreOpeningException(String message) {
    super(message);
  }
}
