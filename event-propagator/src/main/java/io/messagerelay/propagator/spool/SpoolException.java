package io.messagerelay.propagator.spool;

/** A spool that cannot be opened, read or written. The message names the file and the next step. */
public class SpoolException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SpoolException(String message) {
    super(message);
  }

  public SpoolException(String message, Throwable cause) {
    super(message, cause);
  }
}
