package io.messagerelay.propagator.auth;

import static io.messagerelay.propagator.auth.FaultServer.reply;
import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.propagator.auth.FaultServer.Answer;
import io.messagerelay.propagator.auth.TokenAnswer.Refused;
import io.messagerelay.propagator.auth.TokenAnswer.Token;
import io.messagerelay.propagator.auth.TokenAnswer.Unavailable;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TokenClientTest {
  private static final Token A = new Token("a");
  private static final Token B = new Token("b");
  private static final String LOGIN = "grant_type=password";
  private static final String REFRESH = "grant_type=refresh_token";

  /** Starts near the end of its range: what counts is differences. */
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);

  private FaultServer consumer;
  private Exchange http;
  private TokenClient client;

  @BeforeEach
  void open() throws IOException {
    consumer = new FaultServer();
    http = Exchange.open(Duration.ofSeconds(20), Duration.ofSeconds(20), Clock.systemUTC());
    client =
        new TokenClient(
            http,
            new Endpoint(consumer.uri("/token")),
            new Account("relay", "pä ss&word=1"),
            nanos::get);
  }

  @AfterEach
  void close() throws IOException {
    http.close();
    consumer.close();
  }

  @Test
  void credentials_go_as_a_form_of_the_password_grant() throws Exception {
    consumer.answers(token("a", 100, "r1"));

    assertThat(client.current()).isEqualTo(A);

    FaultServer.Request request = consumer.requests().getFirst();
    assertThat(request.method() + " " + request.path()).isEqualTo("POST /token");
    assertThat(request.headers())
        .containsEntry("content-type", "application/x-www-form-urlencoded");
    assertThat(request.text().split("&", -1))
        .containsExactlyInAnyOrder(
            "grant_type=password", "username=relay", "password=p%C3%A4+ss%26word%3D1");
  }

  @Test
  void token_is_kept_until_80_percent_of_its_life() throws Exception {
    consumer.answers(token("a", 100, "r1"), token("b", 100, "r2"));

    assertThat(client.current()).isEqualTo(A);
    pass(Duration.ofMillis(79_999));
    assertThat(client.current()).isEqualTo(A);
    assertThat(consumer.requests()).hasSize(1);

    pass(Duration.ofMillis(1));
    assertThat(client.current()).isEqualTo(B);
    assertThat(lastRequest()).contains(REFRESH).contains("refresh_token=r1");
  }

  @Test
  void refused_refresh_token_falls_back_to_the_credentials_at_once() throws Exception {
    consumer.answers(token("a", 100, "r1"), refusal(400, "invalid_grant"), token("b", 100, "r2"));
    client.current();
    pass(Duration.ofSeconds(90));

    assertThat(client.current()).isEqualTo(B);

    assertThat(consumer.requests()).hasSize(3);
    assertThat(lastRequest()).contains(LOGIN);
  }

  @Test
  void refresh_token_whose_answer_was_lost_is_not_sent_again() throws Exception {
    consumer.answers(token("a", 100, "r1"), FaultServer.reset(), token("b", 100, "r2"));
    client.current();
    pass(Duration.ofSeconds(90));
    assertThat(client.current()).isEqualTo(A);

    pass(Duration.ofSeconds(5));
    assertThat(client.current()).isEqualTo(B);
    assertThat(lastRequest()).contains(LOGIN);
  }

  @Test
  void failed_early_renewal_is_no_failure_while_the_token_is_valid() throws Exception {
    consumer.answers(token("a", 100, null), reply(503, ""));
    client.current();

    pass(Duration.ofSeconds(81));
    assertThat(client.current()).isEqualTo(A);
    pass(Duration.ofSeconds(18));
    assertThat(client.current()).isEqualTo(A);
    pass(Duration.ofSeconds(1));
    assertThat(client.current()).isInstanceOf(Unavailable.class);
  }

  @Test
  void token_of_unknown_life_is_used_until_it_is_refused() throws Exception {
    consumer.answers(
        reply(200, "{\"access_token\":\"a\",\"token_type\":\"Bearer\"}"), token("b", 100, null));
    client.current();

    pass(Duration.ofDays(200));
    assertThat(client.current()).isEqualTo(A);
    assertThat(client.renew(A)).isEqualTo(B);
  }

  @Test
  void token_is_renewed_once_however_many_lanes_it_failed() throws Exception {
    consumer.answers(token("a", 100, "r1"), token("b", 100, "r2"));
    client.current();

    assertThat(client.renew(A)).isEqualTo(B);
    assertThat(client.renew(A)).isEqualTo(B);
    assertThat(client.current()).isEqualTo(B);
    assertThat(consumer.requests()).hasSize(2);
  }

  @Test
  void refused_token_is_not_given_out_again_when_its_renewal_fails() throws Exception {
    consumer.answers(token("a", 100, "r1"), reply(503, ""));
    client.current();

    assertThat(client.renew(A)).isInstanceOf(Unavailable.class);
    assertThat(client.current()).isInstanceOf(Unavailable.class);
  }

  @Test
  void failing_endpoint_is_asked_again_only_after_a_rest_and_then_recovers() throws Exception {
    consumer.answers(reply(503, ""), reply(503, ""), token("a", 100, null));

    assertThat(client.current()).isEqualTo(unavailable(503, Duration.ofSeconds(1)));
    pass(Duration.ofMillis(400));
    assertThat(client.current()).isEqualTo(unavailable(503, Duration.ofMillis(600)));
    assertThat(consumer.requests()).hasSize(1);

    pass(Duration.ofMillis(600));
    assertThat(client.current()).isEqualTo(unavailable(503, Duration.ofSeconds(2)));
    pass(Duration.ofSeconds(2));
    assertThat(client.current()).isEqualTo(A);
    assertThat(consumer.requests()).hasSize(3);
  }

  @Test
  void retry_after_is_obeyed_up_to_half_a_minute() throws Exception {
    consumer.answers(
        reply(429, "", "Retry-After: 7"), reply(503, "", "Retry-After: 86400"), reply(503, ""));

    assertThat(client.current()).isEqualTo(unavailable(429, Duration.ofSeconds(7)));
    pass(Duration.ofSeconds(7));
    assertThat(client.current()).isEqualTo(unavailable(503, Duration.ofSeconds(30)));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401})
  void wrong_credentials_are_refused_and_name_the_settings(int status) throws Exception {
    consumer.answers(refusal(status, "invalid_grant"), token("a", 100, null));

    assertThat(client.current())
        .isEqualTo(
            new Refused(
                consumer.uri("/token")
                    + " answered "
                    + status
                    + " invalid_grant: SERVICE_NAME or SERVICE_PASSWORD is wrong;"
                    + " give both services the same"));
    client.current();
    assertThat(consumer.requests()).hasSize(1);

    pass(Duration.ofSeconds(20));
    assertThat(client.current()).isEqualTo(A);
  }

  @Test
  void a_401_as_fastapi_says_it_is_a_refusal() throws Exception {
    consumer.answers(reply(401, "{\"detail\":\"Incorrect username or password\"}"));

    assertThat(client.current())
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.reason()).contains("SERVICE_PASSWORD"));
  }

  @Test
  void grant_that_is_not_offered_is_refused() throws Exception {
    consumer.answers(refusal(400, "unsupported_grant_type"));

    assertThat(client.current())
        .isInstanceOfSatisfying(
            Refused.class,
            refused ->
                assertThat(refused.reason()).contains("unsupported_grant_type", "CONSUMER_URL"));
  }

  @Test
  void everything_that_is_not_an_answer_of_a_token_endpoint_is_unavailable() throws Exception {
    Answer[] lies = {
      reply(200, "<html>log in</html>"),
      reply(200, ""),
      reply(200, "{}"),
      reply(200, "{\"access_token\":\"a\"}"),
      reply(200, "{\"access_token\":\"a\",\"token_type\":\"mac\"}"),
      reply(200, "{\"access_token\":\"\",\"token_type\":\"bearer\"}"),
      reply(200, "{\"access_token\":\"a\\r\\nX: y\",\"token_type\":\"bearer\"}"),
      reply(200, "{\"access_token\":\"a\",\"token_type\":\"bearer\""),
      reply(200, "[\"a\"]"),
      reply(302, "", "Location: /token2"),
      reply(400, "<html>bad request</html>"),
      reply(401, "{\"message\":\"no\"}"),
      reply(400, "{\"detail\":\"no\"}"),
      reply(400, "{\"error\":\"a page\\nof words\"}"),
      reply(400, "{\"error\":\"temporarily_unavailable\"}"),
      reply(404, "{\"error\":\"invalid_grant\"}"),
      reply(500, ""),
      FaultServer.reset(),
      FaultServer.endless(),
    };
    for (int i = 0; i < lies.length; i++) {
      consumer.answers(lies[i]);
      assertThat(client.current()).as("lie " + i).isInstanceOf(Unavailable.class);
      assertThat(consumer.requests()).as("requests after lie " + i).hasSize(i + 1);
      pass(Duration.ofSeconds(5));
    }
  }

  @Test
  void no_secret_is_in_any_text() throws Exception {
    consumer.answers(token("s3cret-a", 100, "s3cret-r"));
    TokenAnswer answer = client.current();

    assertThat(answer + " " + new Account("relay", "s3cret"))
        .doesNotContain("s3cret")
        .contains("relay");
    assertThat(new Endpoint(URI.create("http://u:s3cret@host/token?k=s3cret")))
        .hasToString("http://host/token");
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private String lastRequest() {
    return consumer.requests().getLast().text();
  }

  private Unavailable unavailable(int status, Duration retryAfter) {
    return new Unavailable(consumer.uri("/token") + " answered " + status, retryAfter);
  }

  private static Answer refusal(int status, String error) {
    return reply(status, "{\"error\":\"" + error + "\"}");
  }

  private static Answer token(String value, int life, @Nullable String refresh) {
    String refreshMember = refresh == null ? "" : ",\"refresh_token\":\"" + refresh + "\"";
    return reply(
        200,
        "{\"access_token\":\"%s\",\"token_type\":\"bearer\",\"expires_in\":%d%s}"
            .formatted(value, life, refreshMember));
  }
}
