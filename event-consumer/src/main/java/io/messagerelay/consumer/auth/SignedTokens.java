package io.messagerelay.consumer.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.Payload;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Signs the JWTs of one kind and tells whether one is of that kind and ours (RFC 7519, 8725, 9068).
 *
 * <p>What is accepted is what is issued, and nothing else: the header has {@code alg} and {@code
 * typ} alone, so there is no key to look up and no critical parameter to understand; the algorithm
 * is the key's; {@code iss} and {@code aud} are single strings; times are whole seconds. Shared by
 * threads; no I/O.
 */
final class SignedTokens {

  /** Longer ones are not looked at. Ours have about 400 characters. */
  static final int MAX_LENGTH = 4096;

  /**
   * How far the clocks of two consumers may differ: a token may be this much older than its birth.
   * Its end is exact, for it is never later than asked for.
   */
  static final Duration LEEWAY = Duration.ofSeconds(60);

  private static final JWSAlgorithm ALGORITHM = JWSAlgorithm.HS256;
  private static final int JTI_BYTES = 16;

  /** What a token says; its signature and its form are good. */
  record Claims(String account, Set<String> scopes, Instant notBefore, Instant expires) {}

  /** What a token is. */
  sealed interface Checked {
    record Ours(Claims claims) implements Checked {}

    /** {@code why} is for the token's sender and says nothing of its content. */
    record Refused(String why) implements Checked {}
  }

  private final JWSHeader header;
  private final String type;
  private final String audience;
  private final TokenTerms terms;
  private final JWSSigner signer;
  private final JWSVerifier verifier;
  private final RandomGenerator random;

  SignedTokens(
      String type, String audience, TokenTerms terms, SigningKey key, RandomGenerator random) {
    this.header = new JWSHeader.Builder(ALGORITHM).type(new JOSEObjectType(type)).build();
    this.type = type;
    this.audience = audience;
    this.terms = terms;
    this.signer = key.signer();
    this.verifier = key.verifier();
    this.random = random;
  }

  /** Both times are cut to whole seconds. */
  String sign(String account, Set<String> scopes, Instant issued, Instant expires) {
    return signed(
        Map.of(
            "iss", terms.issuer(),
            "sub", account,
            "aud", audience,
            "iat", issued.getEpochSecond(),
            "exp", expires.getEpochSecond(),
            "jti", newId(),
            "scope", Scopes.text(scopes)));
  }

  private String signed(Map<String, Object> claims) {
    var token = new JWSObject(header, new Payload(claims));
    try {
      token.sign(signer);
    } catch (JOSEException e) {
      throw new IllegalStateException("HS256 fails in this JVM", e);
    }
    return token.serialize();
  }

  private String newId() {
    byte[] id = new byte[JTI_BYTES];
    random.nextBytes(id);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
  }

  Checked check(String token, Instant now) {
    if (token.length() > MAX_LENGTH) {
      return new Checked.Refused("The token is too long");
    }
    Optional<CompactToken> parsed = CompactToken.parse(token);
    if (parsed.isEmpty()) {
      return new Checked.Refused("The token is malformed");
    }
    CompactToken parts = parsed.get();
    if (!isOfThisKind(CompactToken.members(parts.header()))) {
      return new Checked.Refused("The token is of another kind");
    }
    if (!isSigned(parts)) {
      return new Checked.Refused("The signature of the token does not match");
    }
    return claims(CompactToken.members(parts.claims()))
        .map(claims -> inTime(claims, now))
        .orElseGet(() -> new Checked.Refused("The claims are not those of this service"));
  }

  /** The part of the answer that changes with time. */
  Checked inTime(Claims claims, Instant now) {
    if (now.plus(LEEWAY).isBefore(claims.notBefore())) {
      return new Checked.Refused("The token is not valid yet");
    }
    return now.isBefore(claims.expires())
        ? new Checked.Ours(claims)
        : new Checked.Refused("The token has expired");
  }

  private boolean isOfThisKind(Map<String, Object> header) {
    return header.keySet().equals(Set.of("alg", "typ"))
        && ALGORITHM.getName().equals(header.get("alg"))
        && header.get("typ") instanceof String given
        && isThisType(given);
  }

  /** RFC 9068 §4: with or without {@code application/}; a media type ignores case. */
  private boolean isThisType(String given) {
    return given.equalsIgnoreCase(type) || given.equalsIgnoreCase("application/" + type);
  }

  private boolean isSigned(CompactToken parts) {
    try {
      byte[] input = parts.signingInput().getBytes(StandardCharsets.US_ASCII);
      return verifier.verify(header, input, parts.signature());
    } catch (JOSEException e) {
      return false;
    }
  }

  /** Empty unless every claim is there, of its type, and right. */
  private Optional<Claims> claims(Map<String, Object> json) {
    if (terms.issuer().equals(json.get("iss"))
        && audience.equals(json.get("aud"))
        && json.get("sub") instanceof String account
        && json.get("scope") instanceof String scope
        && json.get("iat") instanceof Long issued
        && json.get("exp") instanceof Long expires
        && json.getOrDefault("nbf", issued) instanceof Long notBefore
        && !account.isEmpty()
        && isLife(issued, notBefore, expires)) {
      Instant start = Instant.ofEpochSecond(Math.max(issued, notBefore));
      return Scopes.parse(scope)
          .map(scopes -> new Claims(account, scopes, start, Instant.ofEpochSecond(expires)));
    }
    return Optional.empty();
  }

  private boolean isLife(long issued, long notBefore, long expires) {
    return 0 <= issued
        && issued < expires
        && notBefore < expires
        && expires <= Instant.MAX.getEpochSecond()
        && expires - issued <= terms.lifetime().toSeconds();
  }
}
