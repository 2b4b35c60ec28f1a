package io.messagerelay.propagator.auth;

import java.time.Duration;

/** What became of asking for a token. */
public sealed interface TokenAnswer {

  /**
   * An access token.
   *
   * @param value RFC 6750's {@code b64token}; a secret
   */
  record Token(String value) implements TokenAnswer {
    /** Says nothing of the value. */
    @Override
    public String toString() {
      return "Token[hidden]";
    }
  }

  /** None, and none is needed: the receiver asks for no login. */
  record NotNeeded() implements TokenAnswer {}

  /**
   * None now; ask again.
   *
   * @param cause for a person
   * @param retryAfter asking earlier gives this answer again without a request
   */
  record Unavailable(String cause, Duration retryAfter) implements TokenAnswer {}

  /**
   * None until a person changes a setting.
   *
   * @param reason for a person: what was refused and which setting to look at
   */
  record Refused(String reason) implements TokenAnswer {}
}
