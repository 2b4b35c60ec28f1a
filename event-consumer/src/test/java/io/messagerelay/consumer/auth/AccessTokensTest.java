package io.messagerelay.consumer.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.consumer.auth.TokenVerifier.Verification;
import io.messagerelay.consumer.auth.TokenVerifier.Verification.Granted;
import io.messagerelay.consumer.auth.TokenVerifier.Verification.Invalid;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTokensTest {
  private static final TokenTerms TERMS = new TokenTerms("message-relay", Duration.ofMinutes(30));
  private static final Set<String> SCOPES = Set.of("events:write", "events:read");

  /** Whole seconds, as in the token. */
  private static final Instant END = Instant.parse("2026-11-25T10:30:00Z");

  private final StoppedClock clock = new StoppedClock("2026-11-25T10:00:00.750Z");
  private final AccessTokens tokens = tokens(TERMS, 10);

  private AccessTokens tokens(TokenTerms terms, int remembered) {
    return new AccessTokens(SigningKey.of(Forge.SECRET), terms, clock, new Random(11), remembered);
  }

  private static Map<String, Object> part(String token, int index) {
    byte[] json = Base64.getUrlDecoder().decode(token.split("\\.", -1)[index]);
    return CompactToken.members(new String(json, StandardCharsets.UTF_8));
  }

  @Test
  void issues_what_rfc_9068_asks_for() {
    String token = tokens.issue("relay", SCOPES);

    assertThat(part(token, 0)).isEqualTo(Map.of("alg", "HS256", "typ", "at+jwt"));
    Map<String, Object> claims = part(token, 1);
    assertThat(claims.remove("jti")).asString().matches("[\\w-]{22}");
    assertThat(claims)
        .isEqualTo(
            Map.of(
                "iss", "message-relay",
                "sub", "relay",
                "aud", "message-relay",
                "iat", 1_795_600_800L,
                "exp", 1_795_602_600L,
                "scope", "events:read events:write"));
  }

  @Test
  void gives_every_token_another_id() {
    assertThat(tokens.issue("relay", SCOPES)).isNotEqualTo(tokens.issue("relay", SCOPES));
  }

  @Test
  void grants_account_and_scopes_of_its_own_token() {
    String token = tokens.issue("relay", SCOPES);

    assertThat(tokens.verify(token)).isEqualTo(new Granted("relay", SCOPES, END));
  }

  @Test
  void grants_a_token_of_another_consumer_with_the_same_secret() {
    String token = tokens(TERMS, 10).issue("relay", SCOPES);

    assertThat(tokens.verify(token)).isEqualTo(new Granted("relay", SCOPES, END));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10})
  void ends_a_token_exactly_at_its_exp_whether_remembered_or_not(int remembered) {
    AccessTokens verifier = tokens(TERMS, remembered);
    String token = verifier.issue("relay", SCOPES);

    clock.advance(Duration.ofMinutes(30).minusMillis(751));
    assertThat(verifier.verify(token)).isInstanceOf(Granted.class);

    clock.advance(Duration.ofMillis(1));
    assertThat(verifier.verify(token)).isEqualTo(new Invalid("The token has expired"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10})
  void accepts_a_token_of_a_clock_that_is_a_minute_ahead_but_not_more(int remembered) {
    AccessTokens verifier = tokens(TERMS, remembered);
    String token = verifier.issue("relay", SCOPES);
    assertThat(verifier.verify(token)).isInstanceOf(Granted.class);

    clock.advance(Duration.ofMillis(-60_750));
    assertThat(verifier.verify(token)).isInstanceOf(Granted.class);

    clock.advance(Duration.ofMillis(-1));
    assertThat(verifier.verify(token)).isEqualTo(new Invalid("The token is not valid yet"));
  }

  @Test
  void ends_longer_tokens_when_the_lifetime_is_shortened() {
    String token = tokens.issue("relay", SCOPES);

    Verification verification =
        tokens(new TokenTerms("message-relay", Duration.ofMinutes(29)), 10).verify(token);

    assertThat(verification).isInstanceOf(Invalid.class);
  }

  @Test
  void answers_the_same_for_every_token_when_more_are_used_than_remembered() {
    for (int i = 0; i < 50; i++) {
      String account = "relay" + i % 25;
      assertThat(tokens.verify(tokens.issue(account, SCOPES)))
          .isEqualTo(new Granted(account, SCOPES, END));
    }
  }
}
