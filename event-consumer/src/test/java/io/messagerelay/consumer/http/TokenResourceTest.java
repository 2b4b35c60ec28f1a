package io.messagerelay.consumer.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.consumer.auth.AccessTokens;
import io.messagerelay.consumer.auth.Accounts;
import io.messagerelay.consumer.auth.FakeRefreshTokenStore;
import io.messagerelay.consumer.auth.LoginThrottle;
import io.messagerelay.consumer.auth.RefreshTokens;
import io.messagerelay.consumer.auth.SigningKey;
import io.messagerelay.consumer.auth.StoredPassword;
import io.messagerelay.consumer.auth.TokenEndpoint;
import io.messagerelay.consumer.auth.TokenTerms;
import io.messagerelay.consumer.http.connection.ClientAddress;
import io.messagerelay.consumer.http.connection.LimitTally;
import io.messagerelay.consumer.http.connection.TrustedProxies;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenResourceTest {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String LOGIN = "grant_type=password&username=relay&password=p%C3%A4ss+word";

  private static final LimitTally TALLY = new LimitTally(new SimpleMeterRegistry());

  private final Clock clock = Clock.fixed(Instant.parse("2026-11-25T10:00:00Z"), ZoneOffset.UTC);
  private final FakeRefreshTokenStore store = new FakeRefreshTokenStore();
  private final TokenResource resource =
      new TokenResource(
          endpoint(),
          new RequestBodies(Duration.ofSeconds(1), TALLY),
          new ClientLimits(
              new RequestLimits(1, 1, Optional.empty(), Optional.empty(), Optional.empty()),
              new ClientAddress(TrustedProxies.NONE, ClientAddress.Header.X_FORWARDED_FOR),
              TALLY,
              () -> 0),
          Runnable::run);

  private TokenEndpoint endpoint() {
    var random = new Random(8);
    var key = SigningKey.of("0123456789abcdef0123456789abcdef");
    var terms = new TokenTerms("message-relay", Duration.ofMinutes(30));
    return new TokenEndpoint(
        new Accounts(
            "relay", StoredPassword.plain("päss word"), Set.of("events:read", "events:write")),
        new LoginThrottle(10, () -> 0),
        new AccessTokens(key, terms, clock, random),
        new RefreshTokens(key, terms, store, clock, random));
  }

  private Response post(String contentType, String body) {
    return TokenResource.response(
        resource.answer(contentType, null, "192.0.2.1", body.getBytes(StandardCharsets.UTF_8)));
  }

  private static String json(Response response) {
    assertThat(response.getHeaderString("Content-Type")).isEqualTo("application/json");
    assertThat(response.getHeaderString("Cache-Control")).isEqualTo("no-store");
    assertThat(response.getHeaderString("Pragma")).isEqualTo("no-cache");
    return new String((byte[]) response.getEntity(), StandardCharsets.UTF_8);
  }

  private static void assertRefused(Response response, int status, String error) {
    assertThat(response.getStatus()).isEqualTo(status);
    assertThat(json(response)).startsWith("{\"error\":\"" + error + "\",\"error_description\":\"");
  }

  @Test
  void a_login_gets_a_pair_of_tokens() {
    Response response = post(FORM + "; charset=utf-8", LOGIN);

    assertThat(response.getStatus()).isEqualTo(200);
    assertThat(json(response))
        .matches(
            "\\{\"access_token\":\"[\\w.-]{100,}\",\"token_type\":\"bearer\",\"expires_in\":1800,"
                + "\"refresh_token\":\"[\\w.-]{100,}\",\"scope\":\"events:read events:write\"}");
  }

  @Test
  void a_wrong_password_gets_a_challenge_that_browsers_do_not_act_on() {
    Response response = post(FORM, "username=relay&password=x");

    assertRefused(response, 401, "invalid_grant");
    assertThat(response.getHeaderString("WWW-Authenticate"))
        .isEqualTo("Bearer realm=\"message-relay\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "text/plain", ""})
  void another_content_type_is_an_invalid_request(String contentType) {
    assertRefused(post(contentType, LOGIN), 400, "invalid_request");
  }

  @Test
  void bad_percent_encoding_is_an_invalid_request() {
    assertRefused(post(FORM, LOGIN + "%"), 400, "invalid_request");
  }

  @Test
  void a_body_over_8_kib_is_refused() {
    String fill = LOGIN + "&x=";
    String full = fill + "x".repeat(8192 - fill.length());

    assertThat(post(FORM, full).getStatus()).isEqualTo(200);
    assertRefused(post(FORM, full + "x"), 413, "invalid_request");
  }

  @Test
  void too_many_failures_are_told_when_to_come_back() {
    for (int i = 0; i < 10; i++) {
      assertThat(post(FORM, "username=relay&password=x").getStatus()).isEqualTo(401);
    }

    Response response = post(FORM, LOGIN);

    assertRefused(response, 429, "temporarily_unavailable");
    assertThat(response.getHeaderString("Retry-After")).isEqualTo("6");
  }

  @Test
  void a_store_that_is_away_is_told_when_to_come_back() {
    store.away(true);

    Response response = post(FORM, LOGIN);

    assertRefused(response, 503, "temporarily_unavailable");
    assertThat(response.getHeaderString("Retry-After")).isEqualTo("1");
  }
}
