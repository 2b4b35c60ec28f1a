package io.messagerelay.consumer.auth;

import io.messagerelay.consumer.auth.SignedTokens.Checked;
import io.messagerelay.consumer.auth.SignedTokens.Claims;
import io.messagerelay.consumer.limit.RecentlyUsed;
import io.messagerelay.contract.Sha256;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Issues and verifies access tokens: JWTs of the type {@code at+jwt} (RFC 9068), signed with HS256.
 *
 * <p>A token's signature and form are checked when it is first seen and remembered under its
 * SHA-256; its time is checked at every use, so remembering changes no answer. Shared by threads;
 * no I/O.
 */
public final class AccessTokens implements TokenVerifier {
  private static final String TYPE = "at+jwt";
  private static final int REMEMBERED = 10_000;

  private final SignedTokens tokens;
  private final TokenTerms terms;
  private final Clock clock;
  private final RecentlyUsed<String, Claims> seen;

  /**
   * @param random must be fit for secrets
   */
  public AccessTokens(SigningKey key, TokenTerms terms, Clock clock, RandomGenerator random) {
    this(key, terms, clock, random, REMEMBERED);
  }

  AccessTokens(
      SigningKey key, TokenTerms terms, Clock clock, RandomGenerator random, int remembered) {
    this.tokens = new SignedTokens(TYPE, terms.issuer(), terms, key, random);
    this.terms = terms;
    this.clock = clock;
    this.seen = new RecentlyUsed<>(remembered);
  }

  /** A token for this account, good from now for the {@link #lifetime()}. */
  String issue(String account, Set<String> scopes) {
    Instant now = clock.instant();
    return tokens.sign(account, scopes, now, now.plus(terms.lifetime()));
  }

  Duration lifetime() {
    return terms.lifetime();
  }

  @Override
  public Verification verify(String token) {
    Instant now = clock.instant();
    String key = Sha256.keyOf(token);
    Optional<Claims> known = seen.find(key);
    Checked checked =
        known.map(claims -> tokens.inTime(claims, now)).orElseGet(() -> tokens.check(token, now));
    return switch (checked) {
      case Checked.Ours(Claims claims) -> {
        seen.findOrAdd(key, () -> claims);
        yield new Verification.Granted(claims.account(), claims.scopes(), claims.expires());
      }
      case Checked.Refused(String why) -> {
        seen.remove(key);
        yield new Verification.Invalid(why);
      }
    };
  }
}
