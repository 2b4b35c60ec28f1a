package io.messagerelay.propagator.spool;

/** Another process is the one runner of this spool. */
public final class SpoolInUseException extends SpoolException {
  private static final long serialVersionUID = 1L;

  SpoolInUseException(String message) {
    super(message);
  }
}
