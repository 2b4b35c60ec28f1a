package io.messagerelay.propagator.spool;

/** Another process holds the spool's file for longer than a command waits; it may work later. */
public final class SpoolBusyException extends SpoolException {
  private static final long serialVersionUID = 1L;

  SpoolBusyException(String message) {
    super(message);
  }

  SpoolBusyException(String message, Throwable cause) {
    super(message, cause);
  }
}
