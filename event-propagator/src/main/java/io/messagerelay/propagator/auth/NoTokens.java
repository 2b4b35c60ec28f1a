package io.messagerelay.propagator.auth;

/** For a receiver that asks for no login. Shared by the lanes. */
public final class NoTokens implements Tokens {
  @Override
  public TokenAnswer current() {
    return new TokenAnswer.NotNeeded();
  }

  @Override
  public TokenAnswer renew(TokenAnswer.Token stale) {
    return current();
  }
}
