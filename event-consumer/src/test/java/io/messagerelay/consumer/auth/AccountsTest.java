package io.messagerelay.consumer.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.consumer.auth.Accounts.Account;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccountsTest {
  private final List<String> checked = new ArrayList<>();
  private final Accounts accounts =
      new Accounts(
          "relay",
          given -> {
            checked.add(given);
            return given.equals("secret");
          },
          Set.of("events:read", "events:write"));

  @Test
  void name_and_password_open_the_account_with_its_scopes() {
    assertThat(accounts.authenticate("relay", "secret"))
        .contains(new Account("relay", Set.of("events:read", "events:write")));
  }

  @Test
  void a_wrong_name_or_password_opens_nothing() {
    assertThat(accounts.authenticate("relay", "Secret")).isEmpty();
    assertThat(accounts.authenticate("Relay", "secret")).isEmpty();
    assertThat(accounts.authenticate("", "")).isEmpty();
  }

  @Test
  void an_unknown_name_costs_the_same_one_password_check() {
    assertThat(accounts.authenticate("relay", "wrong")).isEmpty();
    assertThat(accounts.authenticate("nobody", "wrong")).isEmpty();
    assertThat(accounts.authenticate("nobody", "secret")).isEmpty();

    assertThat(checked).containsExactly("wrong", "wrong", "secret");
  }

  @Test
  void finds_its_own_name_alone() {
    assertThat(accounts.find("relay")).isPresent();
    assertThat(accounts.find("other")).isEmpty();
  }
}
