package io.messagerelay.consumer.http;

import static io.messagerelay.consumer.http.Api.event;
import static io.messagerelay.consumer.http.Api.json;
import static java.net.http.HttpRequest.BodyPublishers.noBody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.messagerelay.consumer.app.RunningConsumer;
import io.messagerelay.consumer.app.StoreLock;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** {@code /openapi.json} says what the service does: the same paths, methods and statuses. */
class DescriptionIT {
  private static final Set<Route> PAGES =
      EnumSet.of(Route.ROOT, Route.OPENAPI, Route.DOCS, Route.DOCS_PAGE, Route.DOCS_FILE);

  @TempDir private static Path folder;
  @TempDir private static Path limitedFolder;
  private static RunningConsumer consumer;
  private static RunningConsumer limited;
  private static Api api;
  private static String admin;

  @BeforeAll
  static void start() {
    consumer =
        RunningConsumer.start(
            folder,
            Map.of(
                "REQUEST_TIMEOUT", "1", "SERVICE_SCOPES", "events:read events:write events:admin"));
    limited =
        RunningConsumer.start(
            limitedFolder, Map.of("INTAKE_RATE_LIMIT", "1", "LOGIN_RATE_LIMIT", "1"));
    api = new Api(consumer);
    admin = consumer.token("events:admin");
  }

  @AfterAll
  static void stop() {
    consumer.close();
    limited.close();
  }

  private static JsonNode description() {
    return json(consumer.get("/openapi.json"));
  }

  @Test
  void paths_and_methods_are_those_of_the_route_table() {
    Map<String, Set<String>> described = new TreeMap<>();
    description()
        .get("paths")
        .properties()
        .forEach(path -> described.put(path.getKey(), methods(path.getValue())));

    Map<String, Set<String>> routes = new TreeMap<>();
    EnumSet.complementOf(EnumSet.copyOf(PAGES))
        .forEach(route -> routes.put(route.path(), methods(route)));
    assertThat(described).isEqualTo(routes);
  }

  private static Set<String> methods(JsonNode path) {
    Set<String> methods = new TreeSet<>();
    path.fieldNames().forEachRemaining(method -> methods.add(method.toUpperCase(Locale.ROOT)));
    return methods;
  }

  private static Set<String> methods(Route route) {
    Set<String> methods = new TreeSet<>(Arrays.asList(route.allow().split(", ")));
    methods.removeAll(Set.of("HEAD", "OPTIONS"));
    return methods;
  }

  @Test
  void every_other_method_is_405_with_those_there_are() {
    for (Route route : Route.values()) {
      String path = route.path().replaceFirst("\\{.*}", "x");
      List<String> others = new ArrayList<>(List.of("DELETE", "PUT", "PATCH", "TRACE"));
      others.removeIf(route::allows);
      for (String method : others) {
        HttpResponse<String> refused = api.send(api.request(path).method(method, noBody()));
        assertThat(refused.statusCode()).as(method + ' ' + path).isEqualTo(405);
        assertThat(Api.header(refused, "Allow")).isEqualTo(route.allow());
      }
      HttpResponse<String> options = api.send(api.request(path).method("OPTIONS", noBody()));
      assertThat(options.statusCode()).isEqualTo(204);
      assertThat(Api.header(options, "Allow")).isEqualTo(route.allow());
    }
  }

  /** For each status of each operation, a request that gets it. */
  private static Map<String, Callable<Integer>> requests() {
    Map<String, Callable<Integer>> requests = new TreeMap<>();
    requests.put("post /token 200", () -> login(consumer, "secret"));
    requests.put("post /token 400", () -> consumer.postForm("/token", "x=y").statusCode());
    requests.put("post /token 401", () -> login(consumer, "wrong"));
    requests.put(
        "post /token 413",
        () -> consumer.postForm("/token", "x=" + "y".repeat(10_000)).statusCode());
    requests.put("post /token 429", DescriptionIT::guess);
    requests.put("post /token 503", () -> whileLocked(() -> login(consumer, "secret")));
    requests.put("post /event 200", () -> api.post("[" + event("d-2", "p") + "]").statusCode());
    requests.put("post /event 201", () -> api.post(event("d-1", "p")).statusCode());
    requests.put("post /event 400", () -> api.post("{}").statusCode());
    requests.put("post /event 401", () -> unknown("/event", "POST"));
    requests.put("post /event 403", () -> withScope("events:read", "/event", "POST"));
    requests.put("post /event 406", () -> accepting("text/html", "/event", "POST"));
    requests.put("post /event 408", DescriptionIT::slowly);
    requests.put("post /event 413", () -> api.post(event("d", "x".repeat(300_000))).statusCode());
    requests.put("post /event 415", () -> api.send(api.posting("/event", "a/b", "")).statusCode());
    requests.put("post /event 422", DescriptionIT::conflict);
    requests.put("post /event 429", DescriptionIT::tooMany);
    requests.put(
        "post /event 503", () -> whileLocked(() -> api.post(event("d-3", "p")).statusCode()));
    requests.put("get /event 200", () -> api.get("/event").statusCode());
    requests.put("get /event 400", () -> api.get("/event?limit=x").statusCode());
    requests.put("get /event 401", () -> unknown("/event", "GET"));
    requests.put("get /event 403", () -> withScope("events:write", "/event", "GET"));
    requests.put("get /event 406", () -> accepting("text/html", "/event", "GET"));
    requests.put("get /event 503", () -> without("event", () -> api.get("/event").statusCode()));
    requests.put("get /event/{event_id} 200", DescriptionIT::read);
    requests.put("get /event/{event_id} 304", DescriptionIT::readAgain);
    requests.put("get /event/{event_id} 401", () -> unknown("/event/x", "GET"));
    requests.put("get /event/{event_id} 403", () -> withScope("events:write", "/event/x", "GET"));
    requests.put("get /event/{event_id} 404", () -> api.get("/event/none").statusCode());
    requests.put("get /event/{event_id} 406", () -> accepting("text/html", "/event/x", "GET"));
    requests.put(
        "get /event/{event_id} 503",
        () -> without("event", () -> api.get("/event/x").statusCode()));
    requests.put("delete /event/{event_id} 204", DescriptionIT::erase);
    requests.put("delete /event/{event_id} 401", () -> unknown("/event/x", "DELETE"));
    requests.put(
        "delete /event/{event_id} 403", () -> withScope("events:write", "/event/x", "DELETE"));
    requests.put(
        "delete /event/{event_id} 404", () -> withScope("events:admin", "/event/none", "DELETE"));
    requests.put(
        "delete /event/{event_id} 503",
        () -> whileLocked(() -> withToken(admin, "/event/x", "DELETE")));
    requests.put("get /stats 200", DescriptionIT::stats);
    requests.put("get /stats 400", () -> api.get("/stats?limit=x").statusCode());
    requests.put("get /stats 401", () -> unknown("/stats", "GET"));
    requests.put("get /stats 403", () -> withScope("events:write", "/stats", "GET"));
    requests.put("get /stats 406", () -> accepting("text/html", "/stats", "GET"));
    requests.put("get /stats 503", () -> without("event_count", DescriptionIT::stats));
    requests.put("get /refusal 200", () -> api.get("/refusal").statusCode());
    requests.put("get /refusal 400", () -> api.get("/refusal?limit=x").statusCode());
    requests.put("get /refusal 401", () -> unknown("/refusal", "GET"));
    requests.put("get /refusal 403", () -> withScope("events:write", "/refusal", "GET"));
    requests.put("get /refusal 406", () -> accepting("text/html", "/refusal", "GET"));
    requests.put(
        "get /refusal 503", () -> without("refusal", () -> api.get("/refusal").statusCode()));
    requests.put("get /ready 200", DescriptionIT::ready);
    requests.put("get /ready 503", () -> whileLocked(DescriptionIT::notReady));
    requests.put("get /health/live 200", () -> api.get("/health/live").statusCode());
    requests.put("get /metrics 200", () -> api.get("/metrics").statusCode());
    return requests;
  }

  @Test
  void every_status_that_is_described_has_its_request_here() {
    List<String> described = new ArrayList<>();
    description()
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        operation ->
                            operation
                                .getValue()
                                .get("responses")
                                .fieldNames()
                                .forEachRemaining(
                                    status ->
                                        described.add(
                                            operation.getKey()
                                                + ' '
                                                + path.getKey()
                                                + ' '
                                                + status))));

    assertThat(requests().keySet()).containsExactlyInAnyOrderElementsOf(described);
  }

  @TestFactory
  List<DynamicTest> each_request_gets_the_status_that_is_described() {
    return requests().entrySet().stream()
        .map(
            request ->
                DynamicTest.dynamicTest(
                    request.getKey(),
                    () -> assertThat(request.getKey()).endsWith(" " + request.getValue().call())))
        .toList();
  }

  private static int login(RunningConsumer at, String password) {
    return at.postForm("/token", "username=relay&password=" + password).statusCode();
  }

  private static int guess() {
    login(limited, "wrong");
    return login(limited, "wrong");
  }

  private static int unknown(String path, String method) {
    return consumer.send(consumer.request(path).method(method, noBody())).statusCode();
  }

  private static int withScope(String scope, String path, String method) {
    return withToken(consumer.token(scope), path, method);
  }

  private static int withToken(String token, String path, String method) {
    return consumer
        .send(
            consumer
                .request(path)
                .header("Authorization", "Bearer " + token)
                .method(method, noBody()))
        .statusCode();
  }

  private static int accepting(String type, String path, String method) {
    return api.send(api.request(path).header("Accept", type).method(method, noBody())).statusCode();
  }

  private static int conflict() {
    api.post(event("d-4", "p"));
    return api.post(event("d-4", "other")).statusCode();
  }

  private static int read() {
    api.post(event("d-5", "p"));
    return api.get("/event/d-5").statusCode();
  }

  private static int erase() {
    api.post(event("d-6", "p"));
    return withScope("events:admin", "/event/d-6", "DELETE");
  }

  /** A batch takes the budget of the seconds that follow. */
  private static int tooMany() {
    Api there = new Api(limited);
    there.post("[" + event("a", "p") + ',' + event("b", "p") + ',' + event("c", "p") + "]");
    HttpResponse<String> refused = there.post(event("d", "p"));
    assertThat(Api.header(refused, "Retry-After")).matches("[1-9]");
    return refused.statusCode();
  }

  private static int slowly() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), consumer.port())) {
      String head =
          "POST /event HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n"
              .formatted(api.token());
      socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return Integer.parseInt(answer.substring(9, 12));
    }
  }

  private static int stats() {
    return api.get("/stats").statusCode();
  }

  private static int readAgain() {
    read();
    return api.send(api.request("/event/d-5").header("If-None-Match", "*")).statusCode();
  }

  private static int ready() {
    await().until(() -> consumer.get("/ready").statusCode() == 200);
    return 200;
  }

  private static int notReady() {
    await().until(() -> consumer.get("/ready").statusCode() == 503);
    return 503;
  }

  private static int whileLocked(Callable<Integer> request) throws Exception {
    try (StoreLock _ = StoreLock.take(consumer.storeFile())) {
      return request.call();
    } finally {
      ready();
    }
  }

  private static int without(String table, Callable<Integer> request) throws Exception {
    rename(table, "table_away");
    try {
      return request.call();
    } finally {
      rename("table_away", table);
    }
  }

  private static void rename(String from, String to) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + consumer.storeFile());
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 10000");
      statement.execute("ALTER TABLE " + from + " RENAME TO " + to);
    }
  }

  @Test
  void a_visitor_is_led_to_the_page_that_reads_the_description() {
    HttpResponse<String> root = consumer.get("/");
    assertThat(root.statusCode()).isEqualTo(302);
    assertThat(Api.header(root, "Location")).isEqualTo("/docs");

    HttpResponse<String> page = consumer.get("/docs/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("swagger-ui-bundle.js").contains("/openapi.json");
    assertThat(consumer.get("/docs/swagger-ui-bundle.js").statusCode()).isEqualTo(200);
  }

  /** As its Authorize dialogue sends it: an empty client in Basic, a scope list in the form. */
  @Test
  void the_page_gets_a_token_where_the_description_says() {
    JsonNode flow = description().at("/components/securitySchemes/password/flows/password");
    String form =
        "grant_type=password&username=relay&password=secret&scope=events%3Awrite%20events%3Aread";

    HttpResponse<String> answer =
        consumer.send(
            consumer
                .request(flow.get("tokenUrl").asText())
                .header("Authorization", "Basic Og==")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("X-Requested-With", "XMLHttpRequest")
                .POST(BodyPublishers.ofString(form)));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer).get("scope").asText().split(" "))
        .containsExactlyInAnyOrder("events:read", "events:write");
    assertThat(flow.get("scopes").fieldNames()).toIterable().hasSize(3);
  }

  @Test
  void every_answer_forbids_caches_and_guesses() {
    for (String path :
        List.of("/ready", "/event", "/nowhere", "/docs/", "/openapi.json", "/metrics")) {
      HttpResponse<String> answer = consumer.get(path);
      assertThat(answer.headers().allValues("Cache-Control")).as(path).containsExactly("no-store");
      assertThat(answer.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
    }
  }

  @Test
  void what_a_client_makes_up_is_no_time_series_of_its_own() {
    for (String path : List.of("/event/one", "/events/two", "/event/three/", "/nowhere/four")) {
      api.send(api.request(path).method("PUT", noBody()));
    }

    api.get("/docs/five.js");
    api.send(api.request("/event").method("SIX", noBody()));

    assertThat(consumer.get("/metrics").body())
        .contains("status=\"405\",uri=\"/event/{event_id}\"", "status=\"404\",uri=\"OTHER\"")
        .doesNotContain("one\"", "two\"", "three", "four", "five", "SIX");
  }

  @Test
  void metrics_count_what_became_of_events() {
    api.post(event("counted", "p"));
    api.post("{}");
    String metrics = consumer.get("/metrics").body();

    assertThat(metrics)
        .containsPattern("message_relay_events_answered_total\\{result=\"stored\"} [1-9]")
        .containsPattern("message_relay_events_answered_total\\{result=\"rejected\"} [1-9]")
        .contains("message_relay_events_deferred_total{reason=\"overloaded\"} 0.0")
        .containsPattern("message_relay_commit_seconds_count\\{result=\"committed\"} [1-9]")
        .containsPattern("message_relay_group_events_sum [1-9]")
        .contains("message_relay_queue_events ", "message_relay_queue_bytes ")
        .contains("message_relay_store_log_bytes ");
  }
}
