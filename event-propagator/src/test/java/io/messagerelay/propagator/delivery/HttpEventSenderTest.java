package io.messagerelay.propagator.delivery;

import static io.messagerelay.propagator.auth.FaultServer.reply;
import static io.messagerelay.propagator.delivery.Events.event;
import static io.messagerelay.propagator.delivery.Events.events;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.messagerelay.propagator.auth.Endpoint;
import io.messagerelay.propagator.auth.Exchange;
import io.messagerelay.propagator.auth.FaultServer;
import io.messagerelay.propagator.auth.NoTokens;
import io.messagerelay.propagator.auth.TokenAnswer.Refused;
import io.messagerelay.propagator.auth.TokenAnswer.Token;
import io.messagerelay.propagator.auth.TokenAnswer.Unavailable;
import io.messagerelay.propagator.auth.Tokens;
import io.messagerelay.propagator.delivery.Delivery.Answered;
import io.messagerelay.propagator.delivery.Delivery.Away;
import io.messagerelay.propagator.delivery.Delivery.Deferred;
import io.messagerelay.propagator.delivery.Delivery.Held;
import io.messagerelay.propagator.spool.Settlement.Delivered;
import io.messagerelay.propagator.spool.SpooledEvent;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HttpEventSenderTest {
  private static final Token FIRST = new Token("token-1");
  private static final Token SECOND = new Token("token-2");
  private static final String STORED = "{\"status\":\"success\",\"event_id\":\"id-1\",\"id\":7}";
  private static final FaultServer.Answer UNAUTHORIZED =
      reply(401, "", "WWW-Authenticate: Bearer realm=\"message-relay\"");

  private FaultServer consumer;
  private Exchange http;
  private Optional<String> report = Optional.empty();
  private Traces traces = Traces.AS_BROUGHT;

  @BeforeEach
  void open() throws IOException {
    consumer = new FaultServer();
    http = Exchange.open(Duration.ofSeconds(20), Duration.ofSeconds(20), Clock.systemUTC());
  }

  @AfterEach
  void close() throws IOException {
    http.close();
    consumer.close();
  }

  @Test
  void one_event_goes_as_the_object_it_is() throws Exception {
    consumer.answers(reply(201, STORED));
    SpooledEvent event = event(1);

    assertThat(sender(new FakeTokens(FIRST)).send(List.of(event)).delivery())
        .isEqualTo(new Answered(List.of(new Delivered(event))));

    FaultServer.Request request = consumer.requests().getFirst();
    assertThat(request.method() + " " + request.path()).isEqualTo("POST /event");
    assertThat(request.text()).isEqualTo(new String(event.body(), UTF_8));
    assertThat(request.headers())
        .containsEntry("authorization", "Bearer token-1")
        .containsEntry("content-type", "application/json")
        .containsEntry("content-length", String.valueOf(event.body().length))
        .containsEntry("user-agent", "message-relay/0.1.0")
        .containsEntry("relay-attempt", "1")
        .doesNotContainKeys(
            "idempotency-key", "relay-report", "relay-trace", "upgrade", "transfer-encoding");
  }

  @Test
  void report_goes_along_with_each_request_as_it_is_then() throws Exception {
    consumer.answers(reply(201, STORED));
    for (String now :
        List.of("2;age=0.5;dead=0;name=\"host/main\"", "0;dead=1;name=\"host/main\"")) {
      report = Optional.of(now);
      sender(new FakeTokens(FIRST)).send(events(1)).delivery();
    }

    assertThat(consumer.requests())
        .extracting(request -> request.headers().get("relay-report"))
        .containsExactly("2;age=0.5;dead=0;name=\"host/main\"", "0;dead=1;name=\"host/main\"");
  }

  @Test
  void trace_of_an_event_that_goes_alone_is_a_header_too() throws Exception {
    String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    for (String its : List.of(trace, "no trace\\r\\nX-Injected: 1", "")) {
      consumer.answers(reply(201, STORED));
      SpooledEvent event = traced("id-1", its);

      sender(new FakeTokens(FIRST)).send(List.of(event)).delivery();
    }

    assertThat(consumer.requests())
        .extracting(request -> request.headers().get("traceparent"))
        .containsExactly(trace, null, null);
  }

  @Test
  void relay_that_has_spans_says_so_and_names_the_one_of_an_event_that_goes_alone()
      throws Exception {
    consumer.answers(reply(201, STORED));
    traces = new Named("00-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-01");

    sender(new FakeTokens(FIRST)).send(List.of(traced("id-1", ""))).delivery();

    assertThat(consumer.requests().getFirst().headers())
        .containsEntry("traceparent", "00-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-01")
        .containsEntry("relay-trace", "?1");
  }

  private record Named(String traceparent) implements Traces {
    @Override
    public boolean isOn() {
      return true;
    }

    @Override
    public Optional<String> traceparent(SpooledEvent event) {
      return Optional.of(traceparent);
    }
  }

  private static SpooledEvent traced(String id, String traceparent) {
    String body = "{\"event_id\":\"%s\",\"traceparent\":\"%s\"}".formatted(id, traceparent);
    return new SpooledEvent(1, id, null, "file", "file:1", body.getBytes(UTF_8), Instant.EPOCH, 1);
  }

  @Test
  void several_events_go_as_one_array_with_the_most_attempts_of_them() throws Exception {
    consumer.answers(
        reply(
            200,
            """
            {"results":[{"status":"stored","event_id":"id-1"},{"status":"stored","event_id":"id-2"}]}
            """));
    List<SpooledEvent> batch = events(2);

    assertThat(sender(new FakeTokens(FIRST)).send(batch).delivery())
        .isEqualTo(new Answered(List.of(new Delivered(batch.get(0)), new Delivered(batch.get(1)))));

    FaultServer.Request request = consumer.requests().getFirst();
    assertThat(request.text())
        .isEqualTo(
            "[%s,%s]"
                .formatted(
                    new String(batch.get(0).body(), UTF_8),
                    new String(batch.get(1).body(), UTF_8)));
    assertThat(request.headers())
        .containsEntry("relay-attempt", "2")
        .containsEntry("content-length", String.valueOf(request.body().length));
  }

  @Test
  void token_is_renewed_once_and_the_events_sent_at_once_after_a_401() throws Exception {
    consumer.answers(UNAUTHORIZED, reply(201, STORED));
    FakeTokens tokens = new FakeTokens(FIRST, SECOND);

    assertThat(sender(tokens).send(events(1)).delivery()).isInstanceOf(Answered.class);

    assertThat(tokens.renewed).containsExactly(FIRST);
    assertThat(consumer.requests())
        .extracting(request -> request.headers().get("authorization"))
        .containsExactly("Bearer token-1", "Bearer token-2");
  }

  @Test
  void second_401_in_a_row_is_put_off_and_no_dead_letter() throws Exception {
    consumer.answers(UNAUTHORIZED);

    assertThat(sender(new FakeTokens(FIRST, SECOND)).send(events(1)).delivery())
        .isEqualTo(
            new Away(
                consumer.uri("/event") + " answered 401 to a token that it has just given out",
                Optional.empty()));
    assertThat(consumer.requests()).hasSize(2);
  }

  @Test
  void a_401_without_a_challenge_is_a_401() throws Exception {
    consumer.answers(reply(401, ""), reply(201, STORED));

    assertThat(sender(new FakeTokens(FIRST, SECOND)).send(events(1)).delivery())
        .isInstanceOf(Answered.class);
  }

  @Test
  void nothing_is_sent_without_a_token() throws Exception {
    var later = new Unavailable("no token yet", Duration.ofSeconds(3));
    var never = new Refused("wrong SERVICE_PASSWORD");

    assertThat(sender(new FakeTokens(later)).send(events(1)).delivery())
        .isEqualTo(new Away("no token yet", Optional.of(Duration.ofSeconds(3))));
    assertThat(sender(new FakeTokens(never)).send(events(1)).delivery())
        .isEqualTo(new Held("wrong SERVICE_PASSWORD"));
    assertThat(consumer.requests()).isEmpty();
  }

  @Test
  void failed_renewal_after_a_401_is_put_off_or_held() throws Exception {
    consumer.answers(UNAUTHORIZED);
    var later = new Unavailable("no token yet", Duration.ofSeconds(3));
    var never = new Refused("wrong SERVICE_PASSWORD");

    assertThat(sender(new FakeTokens(FIRST, later)).send(events(1)).delivery())
        .isEqualTo(new Away("no token yet", Optional.of(Duration.ofSeconds(3))));
    assertThat(sender(new FakeTokens(FIRST, never)).send(events(1)).delivery())
        .isEqualTo(new Held("wrong SERVICE_PASSWORD"));
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 204})
  void any_2xx_counts_when_the_status_acknowledges(int status) throws Exception {
    consumer.answers(reply(status, ""));
    SpooledEvent event = event(1);

    assertThat(statusSender().send(List.of(event)).delivery())
        .isEqualTo(new Answered(List.of(new Delivered(event))));
    assertThat(consumer.requests().getFirst().headers()).containsEntry("idempotency-key", "id-1");
  }

  @Test
  void receiver_without_a_login_gets_no_authorization() throws Exception {
    consumer.answers(reply(204, ""));
    SpooledEvent event = event(1);

    assertThat(sender(new NoTokens(), Acknowledge.STATUS).send(List.of(event)).delivery())
        .isEqualTo(new Answered(List.of(new Delivered(event))));
    assertThat(consumer.requests().getFirst().headers()).doesNotContainKey("authorization");
  }

  @Test
  void receiver_that_wants_a_login_after_all_holds_and_names_the_settings() throws Exception {
    consumer.answers(UNAUTHORIZED);

    assertThat(sender(new NoTokens(), Acknowledge.STATUS).send(events(1)).delivery())
        .isEqualTo(
            new Held(
                consumer.uri("/event")
                    + " answered 401: it wants a login; set SERVICE_NAME and SERVICE_PASSWORD"));
    assertThat(consumer.requests()).hasSize(1);
  }

  @Test
  void redirect_does_not_count_when_the_status_acknowledges() throws Exception {
    consumer.answers(reply(302, "", "Location: " + consumer.uri("/elsewhere")));

    assertThat(statusSender().send(events(1)).delivery()).isInstanceOf(Deferred.class);
    assertThat(consumer.requests()).hasSize(1);
  }

  @Test
  void id_that_fits_no_header_goes_without_the_header() throws Exception {
    consumer.answers(reply(200, ""));

    assertThat(statusSender().send(List.of(event(1, "ключ-1"))).delivery())
        .isInstanceOf(Answered.class);
    assertThat(consumer.requests().getFirst().headers()).doesNotContainKey("idempotency-key");
  }

  @Test
  void several_events_are_a_fault_of_ours_when_the_status_acknowledges() {
    assertThatThrownBy(() -> statusSender().send(events(2)).delivery())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one event a request");
  }

  private HttpEventSender sender(FakeTokens tokens) {
    return sender(tokens, Acknowledge.ID);
  }

  private HttpEventSender statusSender() {
    return sender(new FakeTokens(FIRST), Acknowledge.STATUS);
  }

  private HttpEventSender sender(Tokens tokens, Acknowledge acknowledge) {
    Endpoint endpoint = new Endpoint(consumer.uri("/event"));
    return new HttpEventSender(
        http,
        tokens,
        new Receiver(endpoint, acknowledge, "message-relay/0.1.0", () -> report, traces));
  }
}
