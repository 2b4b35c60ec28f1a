package io.messagerelay.propagator.auth;

import java.time.Duration;
import java.util.Optional;

/** What came of one request. */
public sealed interface Outcome {

  /**
   * A whole reply, whatever it says.
   *
   * @param status 200 to 999
   * @param retryAfter what {@code Retry-After} asks for, unbounded; empty when it is absent or
   *     nonsense
   * @param body as it came; no content coding is undone, because none was asked for
   */
  record Reply(int status, Optional<Duration> retryAfter, byte[] body) implements Outcome {}

  /**
   * Nothing was sent: there is no connection to the receiver.
   *
   * @param cause for a person
   */
  record Unreachable(String cause) implements Outcome {}

  /**
   * No whole reply: what the receiver did with the request is unknown.
   *
   * @param cause for a person; holds nothing of what was sent
   */
  record Failed(String cause) implements Outcome {}

  /**
   * Nothing was sent: the receiver shows a certificate that is not to be trusted, and will until a
   * person changes something.
   *
   * @param reason for a person
   */
  record Distrusted(String reason) implements Outcome {}
}
