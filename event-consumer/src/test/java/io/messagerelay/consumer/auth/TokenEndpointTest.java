package io.messagerelay.consumer.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.consumer.auth.TokenAnswer.Issued;
import io.messagerelay.consumer.auth.TokenAnswer.Refused;
import io.messagerelay.consumer.auth.TokenVerifier.Verification.Granted;
import io.messagerelay.consumer.auth.TokenVerifier.Verification.Invalid;
import io.messagerelay.contract.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenEndpointTest {
  private static final String ADDRESS = "192.0.2.1";
  private static final String LOGIN = "username=relay&password=secret";

  private static final Instant END = Instant.parse("2026-11-25T10:30:00Z");
  private final StoppedClock clock = new StoppedClock("2026-11-25T10:00:00Z");
  private final Random random = new Random(3);
  private final SigningKey key = SigningKey.of(Forge.SECRET);
  private final FakeRefreshTokenStore store = new FakeRefreshTokenStore();
  private final AccessTokens access =
      new AccessTokens(key, new TokenTerms("message-relay", Duration.ofMinutes(30)), clock, random);
  private final TokenEndpoint endpoint = endpoint("relay");

  private TokenEndpoint endpoint(String account) {
    return endpoint(account, Set.of("events:read", "events:write"));
  }

  private TokenEndpoint endpoint(String account, Set<String> scopes) {
    return new TokenEndpoint(
        new Accounts(account, StoredPassword.plain("secret"), scopes),
        new LoginThrottle(10, clock::nanos),
        access,
        new RefreshTokens(
            key, new TokenTerms("message-relay", Duration.ofDays(7)), store, clock, random));
  }

  private TokenAnswer post(String form) {
    return post(form, null);
  }

  private TokenAnswer post(String form, @Nullable String authorization) {
    return endpoint.answer(parameters(form), authorization, ADDRESS);
  }

  private static Map<String, List<String>> parameters(String form) {
    return Arrays.stream(form.split("&", -1))
        .map(pair -> pair.split("=", 2))
        .collect(
            Collectors.groupingBy(
                pair -> pair[0], Collectors.mapping(pair -> pair[1], Collectors.toList())));
  }

  private Issued issued(String form) {
    TokenAnswer answer = post(form);
    assertThat(answer).isInstanceOf(Issued.class);
    return (Issued) answer;
  }

  private static void assertRefused(TokenAnswer answer, int status, String error) {
    assertThat(answer).isInstanceOf(Refused.class);
    Refused refused = (Refused) answer;
    assertThat(refused.status()).isEqualTo(status);
    assertThat(refused.error()).isEqualTo(error);
    assertThat(refused.description()).matches("[\\x20\\x21\\x23-\\x5B\\x5D-\\x7E]{10,}");
    assertThat(refused.challenge() != null).isEqualTo(status == 401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "&grant_type=password", "&grant_type=", "&colour=blue", "&scope="})
  void name_and_password_give_a_pair_with_all_scopes(String more) {
    Issued issued = issued(LOGIN + more);

    assertThat(issued.expiresIn()).isEqualTo(Duration.ofMinutes(30));
    assertThat(issued.scope()).isEqualTo("events:read events:write");
    assertThat(access.verify(issued.accessToken()))
        .isEqualTo(new Granted("relay", Set.of("events:read", "events:write"), END));
    assertThat(access.verify(issued.refreshToken())).isInstanceOf(Invalid.class);
  }

  @Test
  void a_part_of_the_scopes_is_granted_when_asked_for() {
    Issued issued = issued(LOGIN + "&scope=events:read");

    assertThat(issued.scope()).isEqualTo("events:read");
    assertThat(access.verify(issued.accessToken()))
        .isEqualTo(new Granted("relay", Set.of("events:read"), END));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"admin", "events:read admin", "events:read  events:write", " ", "é", "\""})
  void another_scope_is_refused(String scope) {
    assertRefused(post(LOGIN + "&scope=" + scope), 400, "invalid_scope");
    assertThat(store.kept()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "username=relay",
        "password=secret",
        "username=&password=secret",
        "username=relay&password=",
        "grant_type=password",
        "grant_type=refresh_token",
        "grant_type=refresh_token&refresh_token=",
        LOGIN + "&username=relay",
        LOGIN + "&grant_type=password&grant_type=password",
        LOGIN + "&scope=&scope=events:read",
        LOGIN + "&colour=red&colour=blue",
      })
  void a_missing_or_repeated_parameter_is_an_invalid_request(String form) {
    assertRefused(post(form), 400, "invalid_request");
  }

  @ParameterizedTest
  @ValueSource(strings = {"client_credentials", "authorization_code", "PASSWORD", "password "})
  void another_grant_is_unsupported(String grant) {
    assertRefused(post(LOGIN + "&grant_type=" + grant), 400, "unsupported_grant_type");
  }

  @Test
  void every_bad_credential_gets_the_same_answer() {
    TokenAnswer answer = post("username=relay&password=wrong");

    assertRefused(answer, 401, "invalid_grant");
    assertThat(post("username=nobody&password=secret")).isEqualTo(answer);
    assertThat(post("username=nobody&password=wrong&scope=admin")).isEqualTo(answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Basic Og==", "basic Og==", "Basic cmVsYXk6", "Basic", "Basic ", "Bearer x.y.z"})
  void an_authorization_without_a_client_secret_is_ignored(String authorization) {
    assertThat(post(LOGIN + "&client_id=docs&client_secret=", authorization))
        .isInstanceOf(Issued.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"id:secret", "id:secret:", ":secret", "relay"})
  void a_client_secret_in_basic_is_refused_with_a_basic_challenge(String credentials) {
    String basic = Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));

    TokenAnswer answer = post(LOGIN, "Basic " + basic);

    assertRefused(answer, 401, "invalid_client");
    assertThat(((Refused) answer).challenge()).startsWith("Basic ");
  }

  @Test
  void a_basic_header_that_is_no_base64_is_refused() {
    assertRefused(post(LOGIN, "Basic %%%"), 401, "invalid_client");
  }

  @Test
  void a_client_secret_in_the_form_is_refused_without_a_basic_challenge() {
    TokenAnswer answer = post(LOGIN + "&client_id=id&client_secret=x");

    assertRefused(answer, 401, "invalid_client");
    assertThat(((Refused) answer).challenge()).startsWith("Bearer ");
  }

  @Test
  void two_client_authentications_are_an_invalid_request() {
    assertRefused(post(LOGIN + "&client_secret=x", "Basic aWQ6eA=="), 400, "invalid_request");
  }

  @Test
  void guessing_is_answered_429_and_leaves_a_good_login_from_elsewhere_alone() {
    for (int i = 0; i < 10; i++) {
      assertRefused(post("username=relay&password=guess" + i), 401, "invalid_grant");
    }

    TokenAnswer answer = post(LOGIN);

    assertRefused(answer, 429, "temporarily_unavailable");
    assertThat(((Refused) answer).retryAfter()).isEqualTo(Duration.ofSeconds(6));
    assertThat(endpoint.answer(parameters(LOGIN), null, "192.0.2.2")).isInstanceOf(Issued.class);
    clock.advance(Duration.ofSeconds(6));
    assertThat(post(LOGIN)).isInstanceOf(Issued.class);
  }

  @Test
  void a_refresh_token_is_kept_as_its_sha_256_alone() throws Exception {
    String token = issued(LOGIN).refreshToken();

    assertThat(store.kept()).containsExactly(HexFormat.of().formatHex(Sha256.of(token)));
  }

  @Test
  void a_refresh_token_gives_a_new_pair_each_time() {
    Issued first = issued(LOGIN);
    Issued second = issued(refresh(first));
    Issued third = issued(refresh(second));

    assertThat(Set.of(first.refreshToken(), second.refreshToken(), third.refreshToken()))
        .hasSize(3);
    assertThat(third.scope()).isEqualTo("events:read events:write");
    assertThat(access.verify(third.accessToken())).isInstanceOf(Granted.class);
  }

  private static String refresh(Issued issued) {
    return "grant_type=refresh_token&refresh_token=" + issued.refreshToken();
  }

  @Test
  void a_spent_refresh_token_is_refused_and_its_family_with_it() {
    Issued first = issued(LOGIN);
    Issued other = issued(LOGIN);
    Issued second = issued(refresh(first));

    assertRefused(post(refresh(first)), 400, "invalid_grant");
    assertRefused(post(refresh(second)), 400, "invalid_grant");
    assertThat(post(refresh(other))).isInstanceOf(Issued.class);
  }

  @Test
  void a_reuse_is_logged_once_and_without_the_token() {
    Issued first = issued(LOGIN);
    Issued second = issued(refresh(first));

    try (var lines = new LogLines(RefreshTokens.class)) {
      for (Issued spent : List.of(first, first, second, first)) {
        assertRefused(post(refresh(spent)), 400, "invalid_grant");
      }

      assertThat(lines.all()).hasSize(1);
      assertThat(lines.all().getFirst())
          .startsWith("WARN a spent refresh token of relay was used again")
          .doesNotContain("eyJ");
    }
  }

  @Test
  void a_family_ends_a_week_after_its_login_however_often_it_is_renewed() {
    Issued issued = issued(LOGIN);
    for (int day = 0; day < 6; day++) {
      clock.advance(Duration.ofDays(1));
      issued = issued(refresh(issued));
    }
    clock.advance(Duration.ofDays(1));

    assertRefused(post(refresh(issued)), 400, "invalid_grant");
  }

  @Test
  void a_foreign_token_is_refused_before_the_store_is_asked() {
    String accessToken = issued(LOGIN).accessToken();
    for (String token : List.of("x", "a.b.c", accessToken)) {
      assertRefused(post("grant_type=refresh_token&refresh_token=" + token), 400, "invalid_grant");
    }

    assertThat(store.rotations()).isZero();
  }

  @Test
  void a_refresh_token_that_the_store_does_not_know_is_refused() {
    Issued issued = issued(LOGIN);
    store.kept().clear();

    assertRefused(post(refresh(issued)), 400, "invalid_grant");
  }

  @Test
  void a_refresh_token_of_a_renamed_account_is_refused() {
    Issued issued = issued(LOGIN);

    assertRefused(
        endpoint("renamed").answer(parameters(refresh(issued)), null, ADDRESS),
        400,
        "invalid_grant");
  }

  @Test
  void fewer_scopes_may_be_asked_for_and_the_refresh_token_keeps_all() {
    Issued narrow = issued(refresh(issued(LOGIN)) + "&scope=events:read");

    assertThat(narrow.scope()).isEqualTo("events:read");
    assertThat(issued(refresh(narrow)).scope()).isEqualTo("events:read events:write");
  }

  @Test
  void more_scopes_are_refused_and_the_refresh_token_stays_good() {
    Issued narrow = issued(LOGIN + "&scope=events:read");

    assertRefused(post(refresh(narrow) + "&scope=events:write"), 400, "invalid_scope");
    assertThat(issued(refresh(narrow)).scope()).isEqualTo("events:read");
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void a_store_that_is_away_is_a_503_with_retry_after(boolean login) {
    String form = login ? LOGIN : refresh(issued(LOGIN));
    store.away(true);

    TokenAnswer answer = post(form);

    assertRefused(answer, 503, "temporarily_unavailable");
    assertThat(((Refused) answer).retryAfter()).isEqualTo(Duration.ofSeconds(1));
    store.away(false);
    assertThat(post(form)).isInstanceOf(Issued.class);
  }

  @Test
  void expired_refresh_tokens_are_forgotten_as_new_ones_are_issued() {
    for (int i = 0; i < 150; i++) {
      issued(LOGIN);
    }
    clock.advance(Duration.ofDays(8));

    Issued issued = issued(LOGIN);
    assertThat(store.kept()).hasSize(51);
    issued(refresh(issued));
    assertThat(store.kept()).hasSize(2);
  }
}
