package io.messagerelay.propagator.source;

/** A source that cannot be read. The message names what, where and what is expected. */
public final class SourceException extends Exception {
  private static final long serialVersionUID = 1L;

  public SourceException(String message) {
    super(message);
  }

  public SourceException(String message, Throwable cause) {
    super(message, cause);
  }
}
