package io.messagerelay.consumer.auth;

import java.time.Duration;

/**
 * What the tokens of one kind have in common.
 *
 * @param issuer the name of this service in its tokens; the same for all consumers of a store
 * @param lifetime how long one is good, in whole seconds; a token that claims a longer life is
 *     refused, so a shorter setting also ends the tokens that were issued under a longer one
 */
public record TokenTerms(String issuer, Duration lifetime) {
  public TokenTerms {
    if (issuer.isBlank() || lifetime.toSeconds() < 1) {
      throw new IllegalArgumentException(
          "issuer \"%s\", lifetime %s: a name and at least a second are needed"
              .formatted(issuer, lifetime));
    }
  }
}
