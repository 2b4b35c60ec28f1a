package io.messagerelay.consumer.auth;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What {@code POST /token} answers (RFC 6749 §5). */
public sealed interface TokenAnswer {

  /**
   * A pair of tokens, both good from now; the token type is {@code bearer}.
   *
   * @param scope what the access token allows, separated by blanks
   */
  record Issued(String accessToken, Duration expiresIn, String refreshToken, String scope)
      implements TokenAnswer {}

  /**
   * @param status the HTTP status
   * @param error a code of RFC 6749 §5.2, or {@code temporarily_unavailable}
   * @param description ASCII without quotes and backslashes, and nothing of the request
   * @param retryAfter when trying again makes sense; null when it makes none
   * @param challenge the value of {@code WWW-Authenticate}, there with every 401
   */
  record Refused(
      int status,
      String error,
      String description,
      @Nullable Duration retryAfter,
      @Nullable String challenge)
      implements TokenAnswer {

    /** A Basic challenge would make browsers ask for a password of their own. */
    private static final String BEARER = "Bearer realm=\"message-relay\"";

    private static final String BASIC = "Basic realm=\"message-relay\"";

    public static Refused invalidRequest(String description) {
      return badRequest("invalid_request", description);
    }

    public static Refused tooLarge(int maxBytes) {
      return new Refused(
          413, "invalid_request", "The form may have " + maxBytes + " bytes", null, null);
    }

    static Refused invalidScope() {
      return badRequest("invalid_scope", "A scope is not one that may be granted");
    }

    static Refused unsupportedGrantType() {
      return badRequest("unsupported_grant_type", "grant_type must be password or refresh_token");
    }

    static Refused invalidRefreshToken() {
      return badRequest(
          "invalid_grant", "The refresh token is invalid, spent or expired; log in again");
    }

    static Refused wrongCredentials() {
      return new Refused(401, "invalid_grant", "Wrong username or password", null, BEARER);
    }

    static Refused unknownClient(boolean basic) {
      return new Refused(
          401,
          "invalid_client",
          "No client has a secret here; send username and password in the form",
          null,
          basic ? BASIC : BEARER);
    }

    static Refused throttled(Duration delay) {
      return new Refused(
          429, "temporarily_unavailable", "Too many failed logins; wait", delay, null);
    }

    static Refused unavailable() {
      return new Refused(
          503,
          "temporarily_unavailable",
          "Tokens cannot be issued at the moment; try again",
          Duration.ofSeconds(1),
          null);
    }

    private static Refused badRequest(String error, String description) {
      return new Refused(400, error, description, null, null);
    }
  }
}
