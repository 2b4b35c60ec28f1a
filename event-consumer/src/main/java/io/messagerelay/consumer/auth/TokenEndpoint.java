package io.messagerelay.consumer.auth;

import io.messagerelay.consumer.auth.TokenAnswer.Refused;
import io.messagerelay.consumer.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers {@code POST /token}: finds the grant and lets it answer (RFC 6749 §3.2). Shared by
 * threads; blocks on the store and on password hashes, for seconds at most.
 */
public final class TokenEndpoint {
  private static final Logger LOG = LoggerFactory.getLogger(TokenEndpoint.class);

  /** As in a form of FastAPI, where the grant type may be absent. */
  private static final String DEFAULT_GRANT = "password";

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Map<String, Grant> grants;

  public TokenEndpoint(
      Accounts accounts, LoginThrottle throttle, AccessTokens access, RefreshTokens refresh) {
    this.grants =
        Map.of(
            DEFAULT_GRANT,
            new PasswordGrant(new Logins(accounts, throttle, PATIENCE), access, refresh),
            "refresh_token",
            new RefreshGrant(accounts, access, refresh));
  }

  /**
   * @param parameters of the form, decoded
   * @param authorization the header's value, if there is one
   * @param address of the client, as a literal
   */
  public TokenAnswer answer(
      Map<String, List<String>> parameters, @Nullable String authorization, String address) {
    Optional<TokenForm> form = TokenForm.of(parameters);
    if (form.isEmpty()) {
      return Refused.invalidRequest("A parameter is given more than once");
    }
    Optional<Refused> refused = ClientSecrets.refuse(form.get(), authorization);
    return refused.isPresent() ? refused.get() : answer(form.get(), address);
  }

  private TokenAnswer answer(TokenForm form, String address) {
    Grant grant = grants.get(form.find("grant_type").orElse(DEFAULT_GRANT));
    if (grant == null) {
      return Refused.unsupportedGrantType();
    }
    try {
      return grant.answer(form, address);
    } catch (StoreException e) {
      LOG.warn("cannot keep a refresh token, so none is issued: {}", e.getMessage());
      return Refused.unavailable();
    }
  }
}
