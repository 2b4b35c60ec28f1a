package io.messagerelay.consumer.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.consumer.auth.TokenAnswer.Issued;
import io.messagerelay.consumer.auth.TokenAnswer.Refused;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who gets a token that erases. */
class AdminScopeTest {
  private static final Set<String> ALL = Set.of("events:read", "events:write", "events:admin");

  private final StoppedClock clock = new StoppedClock("2026-11-25T10:00:00Z");
  private final Random random = new Random(3);
  private final SigningKey key = SigningKey.of(Forge.SECRET);
  private final FakeRefreshTokenStore store = new FakeRefreshTokenStore();
  private final TokenTerms terms = new TokenTerms("message-relay", Duration.ofMinutes(30));

  private TokenAnswer ask(Set<String> allowed, Map<String, String> form) {
    TokenEndpoint endpoint =
        new TokenEndpoint(
            new Accounts("relay", StoredPassword.plain("secret"), allowed),
            new LoginThrottle(10, clock::nanos),
            new AccessTokens(key, terms, clock, random),
            new RefreshTokens(key, terms, store, clock, random));
    Map<String, List<String>> parameters = new HashMap<>();
    form.forEach((name, value) -> parameters.put(name, List.of(value)));
    return endpoint.answer(parameters, null, "192.0.2.1");
  }

  private TokenAnswer login(Set<String> allowed, String scope) {
    return ask(allowed, Map.of("username", "relay", "password", "secret", "scope", scope));
  }

  @Test
  void a_login_that_names_no_scope_gets_all_but_admin() {
    TokenAnswer answer = ask(ALL, Map.of("username", "relay", "password", "secret"));

    assertThat(answer)
        .isInstanceOfSatisfying(
            Issued.class,
            issued -> assertThat(issued.scope()).isEqualTo("events:read events:write"));
  }

  @Test
  void admin_is_for_who_names_it_and_stays_when_the_token_is_renewed() {
    Issued issued = (Issued) login(ALL, "events:admin events:read");
    assertThat(issued.scope()).isEqualTo("events:admin events:read");

    TokenAnswer renewed =
        ask(ALL, Map.of("grant_type", "refresh_token", "refresh_token", issued.refreshToken()));

    assertThat(((Issued) renewed).scope()).isEqualTo("events:admin events:read");
  }

  @Test
  void admin_is_refused_where_the_account_does_not_have_it() {
    assertThat(login(Set.of("events:read", "events:write"), "events:admin"))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.error()).isEqualTo("invalid_scope"));
  }

  @Test
  void a_renewal_ends_when_the_account_loses_admin() {
    Issued issued = (Issued) login(ALL, "events:admin");

    assertThat(
            ask(
                Set.of("events:read"),
                Map.of("grant_type", "refresh_token", "refresh_token", issued.refreshToken())))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.error()).isEqualTo("invalid_grant"));
  }

  @Test
  void only_scopes_that_there_are_are_known() {
    assertThat(Scopes.known("events:read events:admin"))
        .contains(Set.of("events:read", "events:admin"));
    assertThat(Scopes.known("events:erase")).isEmpty();
    assertThat(Scopes.known("events:read  events:write")).isEmpty();
  }
}
