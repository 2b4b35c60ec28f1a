package io.messagerelay.consumer.http;

import static io.messagerelay.consumer.http.Api.event;
import static java.net.http.HttpRequest.BodyPublishers.noBody;
import static java.net.http.HttpRequest.BodyPublishers.ofString;
import static org.awaitility.Awaitility.await;

import io.messagerelay.consumer.app.RunningConsumer;
import io.messagerelay.consumer.app.StoreLock;
import io.messagerelay.contract.EventLimits;
import java.io.IOException;
import java.net.http.HttpRequest;

/** Gets every refusal that the description shows, as far as a request can get it. */
final class ProvokedAnswers {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String WRONG = "{\"event_type\":7,\"event_payload\":\"p\"}";

  private final AnswerCheck check;

  ProvokedAnswers(AnswerCheck check) {
    this.check = check;
  }

  /**
   * @param consumer lets a request take a second
   */
  void of(RunningConsumer consumer) throws Exception {
    var api = new Api(consumer);
    ofEvents(api);
    ofReaders(consumer, api);
    ofLogLevels(consumer);
    ofTokens(consumer);
    ofAnyRequest(consumer, api);
    try (StoreLock _ = StoreLock.take(consumer.storeFile())) {
      api.post(event("p-2", "p"));
      login(consumer, "secret");
    }
    await().until(() -> consumer.get("/ready").statusCode() == 200);
  }

  private static void ofEvents(Api api) {
    api.post(WRONG);
    api.post('[' + WRONG + ']');
    api.post("[]");
    api.send(api.posting("/event", "application/x-ndjson", WRONG).header("Idempotency-Key", "k"));
    api.post(event("p-1", "p"));
    api.post(event("p-1", "other"));
    api.post(event("p", "x".repeat(300_000)));
    api.post('[' + (WRONG + ',').repeat(1_000) + WRONG + ']');
    api.post(" ".repeat(EventLimits.BODY_BYTES + 1));
    api.send(api.posting("/event", "a/b", ""));
    api.send(api.posting("/event", "application/json", "{}").header("Content-Encoding", "gzip"));
  }

  private static void ofReaders(RunningConsumer consumer, Api api) {
    api.get("/event?limit=x");
    api.get("/stats?until=2026-11-25T10:00:00Z&until=2026-11-25T10:00:00Z");
    api.get("/event/none");
    api.send(api.request("/event/none").header("Accept", "text/html"));
    consumer.get("/event");
    consumer.send(bearing(consumer, "/event", "none.of.ours"));
    String reader = consumer.token("events:read");
    consumer.send(bearing(consumer, "/event", reader).POST(noBody()));
  }

  private static HttpRequest.Builder bearing(RunningConsumer consumer, String path, String token) {
    return consumer.request(path).header("Authorization", "Bearer " + token);
  }

  private static void ofLogLevels(RunningConsumer consumer) {
    HttpRequest.Builder put = bearing(consumer, "/log-level", consumer.token("events:admin"));
    put.method("PUT", ofString("{\"category\":\"io.quarkus\",\"level\":\"DEBUG\"}"));
    consumer.send(put.copy().header("Content-Type", "application/json"));
    consumer.send(put.copy().header("Content-Type", "text/plain"));
    HttpRequest.Builder encoded = put.copy().header("Content-Type", "application/json");
    consumer.send(encoded.header("Content-Encoding", "gzip"));
    consumer.send(put.copy().header("Authorization", "Bearer another"));
  }

  private static void ofTokens(RunningConsumer consumer) {
    consumer.postForm("/token", "grant_type=refresh_token&refresh_token=spent");
    consumer.postForm("/token", "grant_type=other");
    consumer.postForm("/token", "username=relay&password=secret&scope=other");
    consumer.postForm("/token", "x=" + "y".repeat(10_000));
    consumer.send(consumer.request("/token").POST(noBody()));
    login(consumer, "wrong");
  }

  private static void login(RunningConsumer consumer, String password) {
    consumer.postForm("/token", "username=relay&password=" + password);
  }

  private void ofAnyRequest(RunningConsumer consumer, Api api) throws IOException {
    api.get("/nowhere");
    api.send(api.request("/stats").method("PUT", noBody()));
    api.send(api.request("/event").header("Authorization", "Bearer another"));
    HttpRequest.Builder many = api.request("/event");
    for (int i = 0; i <= RequestHead.MOST_FIELDS; i++) {
      many.header("x" + i, "y");
    }
    api.send(many);
    raw(consumer, "/token", "Host: a", "Content-Length: 0");
    raw(consumer, "/token", "Expect: a miracle", "Content-Length: 0");
    raw(consumer, "/token", "Content-Length: 100000");
    raw(consumer, "/token", "Content-Type: " + FORM, "Content-Length: 9"); // which does not come
  }

  private void raw(RunningConsumer consumer, String path, String... fields) throws IOException {
    String head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
    try (var socket = new RawSocket(consumer.port())) {
      socket.send(head + String.join("\r\n", fields) + "\r\n\r\n");
      check.check("POST", path, new RawAnswers(socket.untilClosedOrReset()));
    }
  }

  /**
   * @param limited takes one event a second, one request at once, one failed login a minute, and no
   *     stream
   */
  void ofLimits(RunningConsumer limited) throws IOException {
    var api = new Api(limited);
    export(api);
    try (var socket = new RawSocket(limited.port())) {
      socket.send(RawSocket.post(api.token(), 9));
      await().until(() -> api.get("/event").statusCode() == 429);
    }
    await().until(() -> api.get("/event").statusCode() == 200);
    await().until(() -> api.post(event("p-3", "p")).statusCode() == 429);
    login(limited, "wrong");
    login(limited, "wrong");
  }

  /**
   * @param narrow takes some requests of an address a second, and gives an account no stream
   */
  void ofAddresses(RunningConsumer narrow) {
    var api = new Api(narrow);
    export(api);
    await().until(() -> api.get("/event").statusCode() == 429);
  }

  private static void export(Api api) {
    api.send(api.request("/event").header("Accept", "application/x-ndjson"));
  }
}
