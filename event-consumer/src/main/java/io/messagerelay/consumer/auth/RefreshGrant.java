package io.messagerelay.consumer.auth;

import io.messagerelay.consumer.auth.SignedTokens.Claims;
import io.messagerelay.consumer.auth.TokenAnswer.Issued;
import io.messagerelay.consumer.auth.TokenAnswer.Refused;
import io.messagerelay.consumer.store.StoreException;
import java.util.Optional;
import java.util.Set;

/**
 * A refresh token for a new pair (RFC 6749 §6). The access token may be asked for fewer scopes; the
 * new refresh token keeps those of the old one. A request that is refused for its scope leaves the
 * token unspent.
 */
final class RefreshGrant implements Grant {
  private final Accounts accounts;
  private final AccessTokens access;
  private final RefreshTokens refresh;

  RefreshGrant(Accounts accounts, AccessTokens access, RefreshTokens refresh) {
    this.accounts = accounts;
    this.access = access;
    this.refresh = refresh;
  }

  @Override
  public TokenAnswer answer(TokenForm form, String address) throws StoreException {
    Optional<String> token = form.find("refresh_token");
    if (token.isEmpty()) {
      return Refused.invalidRequest("refresh_token is needed");
    }
    Optional<Claims> claims = refresh.read(token.get()).filter(this::isOfAnAccount);
    return claims.isPresent()
        ? exchange(token.get(), claims.get(), form)
        : Refused.invalidRefreshToken();
  }

  /** A token outlives the renaming of the account that it was issued to. */
  private boolean isOfAnAccount(Claims claims) {
    return accounts
        .find(claims.account())
        .filter(account -> account.scopes().containsAll(claims.scopes()))
        .isPresent();
  }

  private TokenAnswer exchange(String token, Claims claims, TokenForm form) throws StoreException {
    Optional<Set<String>> granted =
        Scopes.granted(form.find("scope").orElse(null), claims.scopes());
    if (granted.isEmpty()) {
      return Refused.invalidScope();
    }
    Optional<String> successor = refresh.spend(token, claims);
    return successor.isPresent()
        ? new Issued(
            access.issue(claims.account(), granted.get()),
            access.lifetime(),
            successor.get(),
            Scopes.text(granted.get()))
        : Refused.invalidRefreshToken();
  }
}
