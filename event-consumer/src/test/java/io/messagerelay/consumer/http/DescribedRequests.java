package io.messagerelay.consumer.http;

import static io.messagerelay.consumer.http.Api.event;
import static java.net.http.HttpRequest.BodyPublishers.noBody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.messagerelay.consumer.app.RunningConsumer;
import io.messagerelay.consumer.app.StoreLock;
import io.messagerelay.contract.Wire;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/** Gets each status that the description knows out of a running service. */
final class DescribedRequests {
  private final RunningConsumer consumer;
  private final RunningConsumer limited;
  private final RunningConsumer narrow;
  private final Api api;
  private final String admin;

  /**
   * @param consumer lets a request take a second, and knows all scopes
   * @param limited takes an event and a failed login at a time
   * @param narrow takes a request of an address at a time
   */
  DescribedRequests(RunningConsumer consumer, RunningConsumer limited, RunningConsumer narrow) {
    this.consumer = consumer;
    this.limited = limited;
    this.narrow = narrow;
    this.api = new Api(consumer);
    this.admin = consumer.token("events:admin");
  }

  /** For each status of each operation, a request that gets it. */
  Map<String, Callable<Integer>> all() {
    Map<String, Callable<Integer>> requests = new TreeMap<>();
    requests.put("post /token 200", () -> login(consumer, "secret"));
    requests.put("post /token 400", () -> consumer.postForm("/token", "x=y").statusCode());
    requests.put("post /token 401", () -> login(consumer, "wrong"));
    requests.put("post /token 408", () -> slowly("POST /token", api.token()));
    requests.put(
        "post /token 413",
        () -> consumer.postForm("/token", "x=" + "y".repeat(10_000)).statusCode());
    requests.put("post /token 429", this::guess);
    requests.put("post /token 503", () -> whileLocked(() -> login(consumer, "secret")));
    requests.put("post /event 200", () -> api.post("[" + event("d-2", "p") + "]").statusCode());
    requests.put("post /event 201", () -> api.post(event("d-1", "p")).statusCode());
    requests.put("post /event 400", () -> api.post("{}").statusCode());
    requests.put("post /event 401", () -> unknown("/event", "POST"));
    requests.put("post /event 403", () -> withScope("events:read", "/event", "POST"));
    requests.put("post /event 406", () -> accepting("text/html", "/event", "POST"));
    requests.put("post /event 408", () -> slowly("POST /event", api.token()));
    requests.put("post /event 413", () -> api.post(event("d", "x".repeat(300_000))).statusCode());
    requests.put("post /event 415", () -> api.send(api.posting("/event", "a/b", "")).statusCode());
    requests.put("post /event 422", this::conflict);
    requests.put("post /event 429", this::tooMany);
    requests.put(
        "post /event 503", () -> whileLocked(() -> api.post(event("d-3", "p")).statusCode()));
    requests.put("get /event 200", () -> api.get("/event").statusCode());
    requests.put("get /event 400", () -> api.get("/event?limit=x").statusCode());
    requests.put("get /event 401", () -> unknown("/event", "GET"));
    requests.put("get /event 403", () -> withScope("events:write", "/event", "GET"));
    requests.put("get /event 406", () -> accepting("text/html", "/event", "GET"));
    requests.put("get /event 503", () -> without("event", () -> api.get("/event").statusCode()));
    requests.put("get /event/{event_id} 200", this::read);
    requests.put("get /event/{event_id} 304", this::readAgain);
    requests.put("get /event/{event_id} 401", () -> unknown("/event/x", "GET"));
    requests.put("get /event/{event_id} 403", () -> withScope("events:write", "/event/x", "GET"));
    requests.put("get /event/{event_id} 404", () -> api.get("/event/none").statusCode());
    requests.put("get /event/{event_id} 406", () -> accepting("text/html", "/event/x", "GET"));
    requests.put(
        "get /event/{event_id} 503",
        () -> without("event", () -> api.get("/event/x").statusCode()));
    requests.put("delete /event/{event_id} 204", this::erase);
    requests.put("delete /event/{event_id} 401", () -> unknown("/event/x", "DELETE"));
    requests.put(
        "delete /event/{event_id} 403", () -> withScope("events:write", "/event/x", "DELETE"));
    requests.put(
        "delete /event/{event_id} 404", () -> withScope("events:admin", "/event/none", "DELETE"));
    requests.put(
        "delete /event/{event_id} 503",
        () -> whileLocked(() -> withToken(admin, "/event/x", "DELETE")));
    requests.put("get /stats 200", this::stats);
    requests.put("get /stats 400", () -> api.get("/stats?limit=x").statusCode());
    requests.put("get /stats 401", () -> unknown("/stats", "GET"));
    requests.put("get /stats 403", () -> withScope("events:write", "/stats", "GET"));
    requests.put("get /stats 406", () -> accepting("text/html", "/stats", "GET"));
    requests.put("get /stats 503", () -> without("event_count", this::stats));
    requests.put("get /refusal 200", () -> api.get("/refusal").statusCode());
    requests.put("get /refusal 400", () -> api.get("/refusal?limit=x").statusCode());
    requests.put("get /refusal 401", () -> unknown("/refusal", "GET"));
    requests.put("get /refusal 403", () -> withScope("events:write", "/refusal", "GET"));
    requests.put("get /refusal 406", () -> accepting("text/html", "/refusal", "GET"));
    requests.put(
        "get /refusal 503", () -> without("refusal", () -> api.get("/refusal").statusCode()));
    requests.put("get /overview 200", () -> api.get("/overview").statusCode());
    requests.put("get /overview 401", () -> unknown("/overview", "GET"));
    requests.put("get /overview 403", () -> withScope("events:write", "/overview", "GET"));
    requests.put("get /overview 406", () -> accepting("text/html", "/overview", "GET"));
    requests.put("get /overview 429", () -> tooOften("/overview", "GET"));
    requests.putAll(logLevels());
    requests.put("get /health/ready 200", this::ready);
    requests.put("get /health/ready 503", () -> whileLocked(() -> notReady("/health/ready")));
    requests.put("get /health/started 200", () -> api.get("/health/started").statusCode());
    requests.put("get /ready 200", this::ready);
    requests.put("get /ready 503", () -> whileLocked(() -> notReady("/ready")));
    requests.put("get /health/live 200", () -> api.get("/health/live").statusCode());
    requests.put("get /metrics 200", () -> api.get("/metrics").statusCode());
    requests.put("get /metrics 406", () -> accepting("text/html", "/metrics", "GET"));
    requests.put("get /event 429", () -> tooOften("/event", "GET"));
    requests.put("get /event/{event_id} 429", () -> tooOften("/event/x", "GET"));
    requests.put("delete /event/{event_id} 429", () -> tooOften("/event/x", "DELETE"));
    requests.put("get /stats 429", () -> tooOften("/stats", "GET"));
    requests.put("get /refusal 429", () -> tooOften("/refusal", "GET"));
    requests.put("get /metrics 429", () -> tooOften("/metrics", "GET"));
    return requests;
  }

  private Map<String, Callable<Integer>> logLevels() {
    Map<String, Callable<Integer>> requests = new TreeMap<>();
    String level = "{\"category\":\"io.messagerelay\",\"level\":\"INFO\",\"for\":\"1s\"}";
    requests.put("get /log-level 200", () -> withToken(admin, "/log-level", "GET"));
    requests.put("get /log-level 401", () -> unknown("/log-level", "GET"));
    requests.put("get /log-level 403", () -> withScope("events:read", "/log-level", "GET"));
    requests.put(
        "get /log-level 406",
        () -> consumer.send(asAdmin("/log-level").header("Accept", "text/html")).statusCode());
    requests.put("get /log-level 429", () -> tooOften("/log-level", "GET"));
    requests.put("put /log-level 200", () -> setLevel(Wire.JSON, level));
    requests.put("put /log-level 400", () -> setLevel(Wire.JSON, "{}"));
    requests.put("put /log-level 401", () -> unknown("/log-level", "PUT"));
    requests.put("put /log-level 403", () -> withScope("events:read", "/log-level", "PUT"));
    requests.put(
        "put /log-level 406",
        () ->
            consumer
                .send(
                    asAdmin("/log-level")
                        .header("Accept", "text/html")
                        .PUT(BodyPublishers.ofString(level)))
                .statusCode());
    requests.put("put /log-level 408", () -> slowly("PUT /log-level", admin));
    requests.put("put /log-level 413", () -> setLevel(Wire.JSON, "x".repeat(70_000)));
    requests.put("put /log-level 415", () -> setLevel("text/plain", level));
    requests.put("put /log-level 429", () -> tooOften("/log-level", "PUT"));
    requests.put("put /log-level 503", () -> amongMany(() -> setLevel(Wire.JSON, level)));
    return requests;
  }

  private HttpRequest.Builder asAdmin(String path) {
    return consumer.request(path).header("Authorization", "Bearer " + admin);
  }

  private int setLevel(String type, String body) {
    return consumer
        .send(asAdmin("/log-level").header("Content-Type", type).PUT(BodyPublishers.ofString(body)))
        .statusCode();
  }

  /**
   * What was sent may not have been read yet, so the request comes again; and bodies are read for a
   * second, so on a busy machine it may take another crowd.
   */
  private int amongMany(Callable<Integer> request) throws Exception {
    int status = 0;
    for (int crowds = 0; crowds < 20 && status != 503; crowds++) {
      try (Crowd _ = Crowd.at(consumer, api.token())) {
        for (int again = 0; again < 20 && status != 503; again++) {
          status = request.call();
        }
      }
    }
    return status;
  }

  private int login(RunningConsumer at, String password) {
    return at.postForm("/token", "username=relay&password=" + password).statusCode();
  }

  private int guess() {
    login(limited, "wrong");
    return login(limited, "wrong");
  }

  private int unknown(String path, String method) {
    return consumer.send(consumer.request(path).method(method, noBody())).statusCode();
  }

  private int withScope(String scope, String path, String method) {
    return withToken(consumer.token(scope), path, method);
  }

  private int withToken(String token, String path, String method) {
    return consumer
        .send(
            consumer
                .request(path)
                .header("Authorization", "Bearer " + token)
                .method(method, noBody()))
        .statusCode();
  }

  private int accepting(String type, String path, String method) {
    return api.send(api.request(path).header("Accept", type).method(method, noBody())).statusCode();
  }

  private int conflict() {
    api.post(event("d-4", "p"));
    return api.post(event("d-4", "other")).statusCode();
  }

  private int read() {
    api.post(event("d-5", "p"));
    return api.get("/event/d-5").statusCode();
  }

  private int erase() {
    api.post(event("d-6", "p"));
    return withScope("events:admin", "/event/d-6", "DELETE");
  }

  /** A batch takes the budget of the seconds that follow. */
  private int tooMany() {
    Api there = new Api(limited);
    there.post("[" + event("a", "p") + ',' + event("b", "p") + ',' + event("c", "p") + "]");
    HttpResponse<String> refused = there.post(event("d", "p"));
    assertThat(Api.header(refused, "Retry-After")).matches("[1-9]");
    return refused.statusCode();
  }

  private int tooOften(String path, String method) {
    int status = 0;
    for (int i = 0; i < 20 && status != 429; i++) {
      status = narrow.send(narrow.request(path).method(method, noBody())).statusCode();
    }
    return status;
  }

  private int slowly(String line, String token) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), consumer.port())) {
      String head =
          "%s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n"
              .formatted(line, token);
      socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return Integer.parseInt(answer.substring(9, 12));
    }
  }

  private int stats() {
    return api.get("/stats").statusCode();
  }

  private int readAgain() {
    read();
    return api.send(api.request("/event/d-5").header("If-None-Match", "*")).statusCode();
  }

  private int ready() {
    await().until(() -> consumer.get("/ready").statusCode() == 200);
    return 200;
  }

  private int notReady(String path) {
    await().until(() -> consumer.get(path).statusCode() == 503);
    return 503;
  }

  private int whileLocked(Callable<Integer> request) throws Exception {
    try (StoreLock _ = StoreLock.take(consumer.storeFile())) {
      return request.call();
    } finally {
      ready();
    }
  }

  private int without(String table, Callable<Integer> request) throws Exception {
    rename(table, "table_away");
    try {
      return request.call();
    } finally {
      rename("table_away", table);
    }
  }

  private void rename(String from, String to) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + consumer.storeFile());
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 10000");
      statement.execute("ALTER TABLE " + from + " RENAME TO " + to);
    }
  }
}
