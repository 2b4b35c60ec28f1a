package io.messagerelay.propagator.source.outbox;

/**
 * What keeps an outbox from being relayed until a person mends it.
 *
 * @param kind decides about the exit code
 * @param text what it is, and the statement or the setting that mends it
 */
public record Flaw(Kind kind, String text) {

  /** What has to be mended. */
  public enum Kind {
    /** The login, or a right. */
    ACCESS,
    /** The database or its tables. */
    FORM
  }

  static Flaw ofForm(String text) {
    return new Flaw(Kind.FORM, text);
  }

  static Flaw ofAccess(String text) {
    return new Flaw(Kind.ACCESS, text);
  }
}
