package io.messagerelay.consumer.auth;

import io.messagerelay.contract.Sha256;
import java.util.Optional;
import java.util.Set;

/** Who may log in: the one account of the environment. Shared by threads. */
public final class Accounts {
  /** An account and all it may do. */
  record Account(String name, Set<String> scopes) {}

  private final Account account;
  private final StoredPassword password;

  public Accounts(String name, StoredPassword password, Set<String> scopes) {
    this.account = new Account(name, Set.copyOf(scopes));
    this.password = password;
  }

  /**
   * Empty when name or password are wrong. Does the same work whichever it is, so that the time
   * does not tell whether a name exists.
   */
  Optional<Account> authenticate(String name, String given) {
    boolean passwordMatches = password.matches(given);
    boolean nameMatches = Sha256.same(account.name(), name);
    return passwordMatches && nameMatches ? Optional.of(account) : Optional.empty();
  }

  /** Looks up the account of a token that is known to be ours. */
  Optional<Account> find(String name) {
    return name.equals(account.name()) ? Optional.of(account) : Optional.empty();
  }
}
