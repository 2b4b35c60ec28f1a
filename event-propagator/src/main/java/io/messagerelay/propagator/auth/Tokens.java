package io.messagerelay.propagator.auth;

/** Where a sender gets its access token. Shared by the lanes. */
public interface Tokens {

  /** The token to send with. */
  TokenAnswer current() throws InterruptedException;

  /**
   * Another token than one that was answered with 401. When another thread has renewed it already,
   * that newer one is given at once, so that a token is renewed once however many lanes it failed.
   */
  TokenAnswer renew(TokenAnswer.Token stale) throws InterruptedException;
}
