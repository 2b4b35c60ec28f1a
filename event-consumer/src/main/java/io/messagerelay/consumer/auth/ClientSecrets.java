package io.messagerelay.consumer.auth;

import io.messagerelay.consumer.auth.TokenAnswer.Refused;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether a request authenticates a client (RFC 6749 §2.3). No client has a secret here, so
 * one that sends a secret is refused rather than believed. A bare client id, or the empty Basic
 * credentials that Swagger UI sends, authenticate nobody and are ignored, as is an Authorization of
 * another scheme.
 */
final class ClientSecrets {
  private static final String BASIC = "Basic ";

  private ClientSecrets() {}

  static Optional<Refused> refuse(TokenForm form, @Nullable String authorization) {
    boolean basic = authorization != null && hasSecret(authorization);
    boolean body = form.find("client_secret").isPresent();
    if (basic && body) {
      return Optional.of(Refused.invalidRequest("A client authenticates itself in one way only"));
    }
    return basic || body ? Optional.of(Refused.unknownClient(basic)) : Optional.empty();
  }

  private static boolean hasSecret(String authorization) {
    if (!authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      return false;
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(authorization.substring(BASIC.length()).strip());
      String credentials = new String(decoded, StandardCharsets.UTF_8);
      return credentials.indexOf(':') != credentials.length() - 1;
    } catch (IllegalArgumentException e) {
      return true;
    }
  }
}
