package io.messagerelay.propagator.spool;

/** Is told what delivery fails of, again and again while it does. Shared by threads. */
public interface ErrorNote {

  /**
   * Delivery fails.
   *
   * @param cause for a person
   */
  void failing(String cause);

  /** Delivery goes on. */
  void over();
}
