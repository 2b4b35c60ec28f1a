package io.messagerelay.consumer.auth;

import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * A JWS in its compact form, taken apart: {@code header.claims.signature} (RFC 7515 §7.1). Only the
 * canonical text of a token is taken; the library skips what is not base64url as well as spare
 * bits, and so takes many texts for one token.
 */
record CompactToken(String header, String claims, String signingInput, Base64URL signature) {

  static Optional<CompactToken> parse(String token) {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      return Optional.empty();
    }
    Optional<String> header = decode(parts[0]);
    Optional<String> claims = decode(parts[1]);
    Optional<String> signature = decode(parts[2]);
    return header.isPresent() && claims.isPresent() && signature.isPresent()
        ? Optional.of(
            new CompactToken(
                header.get(), claims.get(), parts[0] + "." + parts[1], Base64URL.from(parts[2])))
        : Optional.empty();
  }

  private static Optional<String> decode(String part) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(part);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part)
          ? Optional.of(new String(bytes, StandardCharsets.UTF_8))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The members of a JSON object; empty when it is none, or has a name twice. */
  static Map<String, Object> members(String json) {
    try {
      Map<String, Object> members = JSONObjectUtils.parse(json);
      return members == null ? Map.of() : members;
    } catch (ParseException e) {
      return Map.of();
    }
  }
}
