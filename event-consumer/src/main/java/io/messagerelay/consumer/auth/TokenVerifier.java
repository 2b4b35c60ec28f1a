package io.messagerelay.consumer.auth;

import java.time.Instant;
import java.util.Set;

/** Tells whether an access token is good. Shared by threads; does no I/O. */
public interface TokenVerifier {

  /** What a token is worth. */
  sealed interface Verification {
    /** Ours, and in its time. */
    record Granted(String account, Set<String> scopes, Instant expires) implements Verification {
      public Granted {
        scopes = Set.copyOf(scopes);
      }
    }

    /**
     * Not ours, altered, of another kind, or expired; {@code description} says which, without any
     * of the token (RFC 6750 §3).
     */
    record Invalid(String description) implements Verification {}
  }

  Verification verify(String token);
}
