package io.messagerelay.propagator.auth;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a token endpoint's reply means. */
sealed interface TokenReply {

  /**
   * A token.
   *
   * @param life from the moment of asking
   * @param refresh a secret; {@code null} when there is none
   */
  record Granted(TokenAnswer.Token token, Duration life, @Nullable String refresh)
      implements TokenReply {
    /** Says nothing of the tokens. */
    @Override
    public String toString() {
      return "Granted[life=" + life + "]";
    }
  }

  /** The grant was refused; {@code error} is a code of RFC 6749 §5.2. */
  record Denied(int status, String error) implements TokenReply {}

  /**
   * No answer, or not that of a token endpoint that works.
   *
   * @param cause for a person
   * @param retryAfter what the endpoint asked for, unbounded; empty when it did not
   */
  record Unusable(String cause, Optional<Duration> retryAfter) implements TokenReply {}

  /** None until a person changes something. */
  record Barred(String reason) implements TokenReply {}
}
