package io.messagerelay.consumer.http;

import static io.messagerelay.consumer.http.Api.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.messagerelay.consumer.app.RunningConsumer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What one client and one account may have under way. The test speaks for a proxy, 127.0.0.1, whose
 * clients are whoever it says.
 */
class ClientLimitsIT {
  private static final int EACH = 4;
  private static final int ACCOUNT = 7;

  @TempDir private static Path folder;
  private static RunningConsumer consumer;
  private static String token;

  private final List<RawSocket> clients = new ArrayList<>();

  @BeforeAll
  static void start() {
    consumer =
        RunningConsumer.start(
            folder,
            Map.of(
                "TRUSTED_PROXIES", "127.0.0.1",
                "ADDRESS_REQUEST_LIMIT", Integer.toString(EACH),
                "ACCOUNT_REQUEST_LIMIT", Integer.toString(ACCOUNT),
                "ADDRESS_STREAM_LIMIT", "2",
                "ACCOUNT_STREAM_LIMIT", "3"));
    token = consumer.token("events:read events:write");
  }

  @AfterAll
  static void stop() {
    consumer.close();
  }

  @AfterEach
  void leave() throws IOException {
    for (RawSocket client : clients) {
      client.close();
    }
    await().until(() -> Metric.of(consumer, "message_relay_requests") <= 1);
  }

  private RawSocket connect() throws IOException {
    var client = new RawSocket(consumer.port());
    clients.add(client);
    return client;
  }

  private static String forwarded(String client) {
    return "X-Forwarded-For: 198.51.100.77, " + client;
  }

  /** Its body lacks its last byte. */
  private void beginPosting(String client) throws IOException {
    String body = event("under-way-" + clients.size(), "p");
    connect().send(RawSocket.post(token, body.length(), forwarded(client))).send(body.substring(1));
  }

  private void awaitUnderWay(int requests) {
    await()
        .untilAsserted(
            () ->
                assertThat(Metric.of(consumer, "message_relay_requests"))
                    .isEqualTo(requests + 1.0));
  }

  private HttpResponse<String> get(String path, String client) {
    return consumer.send(
        consumer
            .request(path)
            .header("Authorization", "Bearer " + token)
            .header("X-Forwarded-For", client));
  }

  private String follow(String client) throws IOException {
    return connect()
        .send(
            RawSocket.get(
                "/event",
                "Authorization: Bearer " + token,
                "Accept: text/event-stream",
                forwarded(client)))
        .head();
  }

  @Test
  void one_request_too_many_of_a_client_is_429_and_others_are_served() throws IOException {
    for (int i = 0; i < EACH; i++) {
      beginPosting("203.0.113.1");
    }
    awaitUnderWay(EACH);
    HttpResponse<String> refused = get("/event", "203.0.113.1");

    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(Api.header(refused, "Retry-After")).isEqualTo("1");
    assertThat(Api.json(refused).get("type").asText())
        .isEqualTo("urn:message-relay:problem:rate-limited");
    assertThat(Api.json(refused).get("detail").asText())
        .isEqualTo("an address may have 4 requests under way");
    assertThat(get("/event", "203.0.113.2").statusCode()).isEqualTo(200);
    assertThat(get("/ready", "203.0.113.1").statusCode()).isEqualTo(200);
    assertThat(Metric.limited(consumer, "address_requests")).isGreaterThanOrEqualTo(1);
  }

  @Test
  void what_a_client_says_of_itself_left_of_its_proxy_does_not_count() throws IOException {
    for (int i = 0; i < EACH; i++) {
      beginPosting("203.0.113.1");
    }
    awaitUnderWay(EACH);

    assertThat(get("/event", "192.0.2.200, 203.0.113.1").statusCode()).isEqualTo(429);
  }

  @Test
  void the_clients_of_one_64_are_one() throws IOException {
    for (int i = 0; i < EACH; i++) {
      beginPosting("2001:db8::" + (i + 1));
    }
    awaitUnderWay(EACH);

    assertThat(get("/event", "2001:db8::ffff").statusCode()).isEqualTo(429);
    assertThat(get("/event", "2001:db8:0:1::1").statusCode()).isEqualTo(200);
  }

  @Test
  void one_request_too_many_of_an_account_is_429_wherever_it_comes_from() throws IOException {
    for (int i = 0; i < ACCOUNT; i++) {
      beginPosting("203.0.113." + i);
    }
    awaitUnderWay(ACCOUNT);
    HttpResponse<String> refused = get("/event", "203.0.113.99");

    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(Api.header(refused, "Retry-After")).isEqualTo("1");
    assertThat(Api.json(refused).get("detail").asText())
        .isEqualTo("an account may have 7 requests under way");
    clients.getFirst().close();
    await().until(() -> get("/event", "203.0.113.99").statusCode() == 200);
  }

  @Test
  void a_stream_counts_as_a_stream_and_no_longer_as_a_request() throws IOException {
    assertThat(follow("203.0.113.1")).startsWith("HTTP/1.1 200 ");
    assertThat(follow("203.0.113.1")).startsWith("HTTP/1.1 200 ");
    for (int i = 0; i < EACH - 1; i++) {
      beginPosting("203.0.113.1");
    }
    awaitUnderWay(EACH + 1);

    assertThat(get("/event", "203.0.113.1").statusCode()).isEqualTo(200);
  }

  @Test
  void one_stream_too_many_of_a_client_or_an_account_is_429_until_one_has_ended()
      throws IOException {
    assertThat(follow("203.0.113.1")).startsWith("HTTP/1.1 200 ");
    assertThat(follow("203.0.113.1")).startsWith("HTTP/1.1 200 ");
    assertThat(follow("203.0.113.1")).startsWith("HTTP/1.1 429 ").contains("Retry-After: 1");
    assertThat(follow("203.0.113.2")).startsWith("HTTP/1.1 200 ");
    assertThat(follow("203.0.113.3")).startsWith("HTTP/1.1 429 ").contains("Retry-After: 1");
    clients.getFirst().close();

    await().until(() -> follow("203.0.113.3").startsWith("HTTP/1.1 200 "));
  }

  @Test
  void who_is_no_trusted_proxy_is_not_believed() throws IOException {
    for (int i = 0; i < EACH; i++) {
      String body = event("x", "p");
      var client = new RawSocket(consumer.port(), "127.0.0.2");
      clients.add(client);
      client.send(RawSocket.post(token, body.length(), forwarded("203.0.113." + i)));
    }
    awaitUnderWay(EACH);
    try (RawSocket client = new RawSocket(consumer.port(), "127.0.0.2")) {
      client.send(RawSocket.get("/stats", forwarded("203.0.113.50")));
      assertThat(client.head()).startsWith("HTTP/1.1 429 ");
    }
  }

  @Test
  void the_address_of_failed_logins_is_the_clients() {
    for (int i = 0; i < 20; i++) {
      login("203.0.113.66", "wrong");
    }
    assertThat(login("203.0.113.66", "secret")).isEqualTo(429);
    assertThat(login("203.0.113.67", "secret")).isEqualTo(200);
    assertThat(consumer.log()).contains("too many failed logins from 203.0.113.66");
  }

  private static int login(String client, String password) {
    return consumer
        .send(
            consumer
                .request("/token")
                .header("X-Forwarded-For", client)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("username=relay&password=" + password)))
        .statusCode();
  }
}
