package io.messagerelay.consumer.auth;

import io.messagerelay.consumer.auth.Accounts.Account;
import io.messagerelay.consumer.auth.Logins.Login;
import io.messagerelay.consumer.auth.TokenAnswer.Issued;
import io.messagerelay.consumer.auth.TokenAnswer.Refused;
import io.messagerelay.consumer.store.StoreException;
import java.util.Optional;
import java.util.Set;

/** Name and password for a pair of tokens (RFC 6749 §4.3). */
final class PasswordGrant implements Grant {
  private final Logins logins;
  private final AccessTokens access;
  private final RefreshTokens refresh;

  PasswordGrant(Logins logins, AccessTokens access, RefreshTokens refresh) {
    this.logins = logins;
    this.access = access;
    this.refresh = refresh;
  }

  @Override
  public TokenAnswer answer(TokenForm form, String address) throws StoreException {
    Optional<String> name = form.find("username");
    Optional<String> password = form.find("password");
    if (name.isEmpty() || password.isEmpty()) {
      return Refused.invalidRequest("username and password are needed");
    }
    return switch (logins.attempt(name.get(), password.get(), address)) {
      case Login.Accepted(Account account) -> issue(account, form);
      case Login.Wrong() -> Refused.wrongCredentials();
      case Login.Throttled(var delay) -> Refused.throttled(delay);
      case Login.Busy() -> Refused.unavailable();
    };
  }

  private TokenAnswer issue(Account account, TokenForm form) throws StoreException {
    Optional<Set<String>> granted =
        Scopes.grantedAtLogin(form.find("scope").orElse(null), account.scopes());
    if (granted.isEmpty()) {
      return Refused.invalidScope();
    }
    Set<String> scopes = granted.get();
    return new Issued(
        access.issue(account.name(), scopes),
        access.lifetime(),
        refresh.begin(account.name(), scopes),
        Scopes.text(scopes));
  }
}
