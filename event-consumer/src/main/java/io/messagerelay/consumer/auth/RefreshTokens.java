package io.messagerelay.consumer.auth;

import io.messagerelay.consumer.auth.SignedTokens.Checked;
import io.messagerelay.consumer.auth.SignedTokens.Claims;
import io.messagerelay.consumer.store.RefreshTokenStore;
import io.messagerelay.consumer.store.RefreshTokenStore.Rotation;
import io.messagerelay.consumer.store.StoreException;
import io.messagerelay.contract.Sha256;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Issues refresh tokens and exchanges each once. A token is a JWT of the type {@code rt+jwt} for
 * the audience {@code <issuer>/token}, so a foreign one is refused before the store is asked; the
 * store keeps its SHA-256.
 *
 * <p>The life of a family counts from its login: a successor ends when its predecessor would have.
 * A crash between the commit and the answer leaves the client with a spent token: it logs in again.
 * Shared by threads; blocks on the store.
 */
public final class RefreshTokens {
  private static final Logger LOG = LoggerFactory.getLogger(RefreshTokens.class);
  private static final String TYPE = "rt+jwt";
  private static final int FORGOTTEN_AT_ONCE = 100;

  private final SignedTokens tokens;
  private final TokenTerms terms;
  private final RefreshTokenStore store;
  private final Clock clock;

  /**
   * @param random must be fit for secrets
   */
  public RefreshTokens(
      SigningKey key,
      TokenTerms terms,
      RefreshTokenStore store,
      Clock clock,
      RandomGenerator random) {
    this.tokens = new SignedTokens(TYPE, terms.issuer() + "/token", terms, key, random);
    this.terms = terms;
    this.store = store;
    this.clock = clock;
  }

  /** The first token of a new family. */
  String begin(String account, Set<String> scopes) throws StoreException {
    Instant now = clock.instant();
    Instant expires = now.truncatedTo(ChronoUnit.SECONDS).plus(terms.lifetime());
    String token = tokens.sign(account, scopes, now, expires);
    store.begin(Sha256.of(token), account, Scopes.text(scopes), now, expires);
    forgetExpired(now);
    return token;
  }

  /** What an unaltered token in its time says; whether it is spent, only {@link #spend} tells. */
  Optional<Claims> read(String token) {
    return switch (tokens.check(token, clock.instant())) {
      case Checked.Ours(Claims claims) -> Optional.of(claims);
      case Checked.Refused(String why) -> Optional.empty();
    };
  }

  /**
   * Exchanges a token for its successor with the same scopes; empty when it is not there to be
   * spent. A second use revokes the family: either it or the first one was a thief's (RFC 9700
   * §4.14.2).
   */
  Optional<String> spend(String token, Claims claims) throws StoreException {
    Instant now = clock.instant();
    String successor = tokens.sign(claims.account(), claims.scopes(), now, claims.expires());
    return switch (store.rotate(Sha256.of(token), Sha256.of(successor), now, claims.expires())) {
      case Rotation.Rotated(String account, String scope) -> {
        forgetExpired(now);
        yield Optional.of(successor);
      }
      case Rotation.Reused(String account) -> {
        LOG.warn(
            "a spent refresh token of {} was used again: its login is revoked; if no client of"
                + " yours did that, change SECRET_KEY and SERVICE_PASSWORD",
            account);
        yield Optional.empty();
      }
      case Rotation.Unknown() -> Optional.empty();
    };
  }

  /** A failure here costs nobody a token; the next issue tries again. */
  private void forgetExpired(Instant now) {
    try {
      int forgotten = store.forgetExpired(now, FORGOTTEN_AT_ONCE);
      LOG.debug("forgot {} expired refresh tokens", forgotten);
    } catch (StoreException e) {
      LOG.debug("expired refresh tokens stay until the next login", e);
    }
  }
}
