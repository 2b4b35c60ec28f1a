package io.messagerelay.consumer.http;

import static io.messagerelay.consumer.http.Api.event;
import static io.messagerelay.consumer.http.Api.header;
import static io.messagerelay.consumer.http.Api.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.messagerelay.consumer.app.RunningConsumer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A request's id, from its header to its answer and to the log. */
class RequestIdIT {
  private static final String HEADER = "X-Request-Id";

  @TempDir private static Path folder;
  private static RunningConsumer consumer;
  private static Api api;

  @BeforeAll
  static void start() {
    consumer =
        RunningConsumer.start(
            folder,
            Map.of(
                "LOG_FORMAT",
                "json",
                "LOGIN_RATE_LIMIT",
                "1",
                "CORS_ORIGINS",
                "https://a.example",
                "SERVICE_SCOPES",
                "events:read events:write events:admin"));
    api = new Api(consumer);
  }

  @AfterAll
  static void stop() {
    consumer.close();
  }

  private static HttpResponse<String> named(String id, HttpRequest.Builder request) {
    return api.send(request.header(HEADER, id));
  }

  /** The line of the log in which this stands. */
  private static String line(String text) {
    await().until(() -> consumer.log().contains(text));
    return consumer.log().lines().filter(line -> line.contains(text)).findFirst().orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /event, 200",
    "GET, /event/none, 404",
    "GET, /events/, 200",
    "GET, /nowhere, 404",
    "DELETE, /ready, 405",
    "POST, /event, 415",
    "POST, /token, 400",
    "GET, /ready, 200",
    "GET, /metrics, 200",
    "GET, /, 200",
    "OPTIONS, /event, 204",
  })
  void every_answer_has_the_id_of_its_request(String method, String path, int status) {
    HttpResponse<String> answer =
        named("mine-1", api.request(path).method(method, BodyPublishers.noBody()));

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().allValues(HEADER)).containsExactly("mine-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "\"", "{\"a\":1}", "<b>"})
  void an_id_that_is_not_harmless_is_replaced(String id) {
    HttpResponse<String> answer = named(id, api.request("/nowhere"));

    assertThat(header(answer, HEADER)).matches("[0-9a-f]{16}");
    assertThat(json(answer).get("request_id").asText()).isEqualTo(header(answer, HEADER));
  }

  @Test
  void made_ids_differ() {
    assertThat(header(api.get("/ready"), HEADER)).isNotEqualTo(header(api.get("/ready"), HEADER));
  }

  @Test
  void every_kind_of_problem_names_its_request() {
    List<HttpResponse<String>> problems =
        List.of(
            named("p-1", api.request("/nowhere")),
            named("p-2", api.request("/event/none")),
            named("p-3", api.request("/event?limit=x").header("Accept", "text/event-stream")),
            named("p-4", api.posting("/event", "application/json", "{}")),
            named("p-5", api.posting("/event", "application/json", "[{}]")),
            named(
                "p-6",
                api.request("/event?" + "x=1&".repeat(200)).header("Accept-Encoding", "gzip")),
            named("p-7", api.request("/refusal?limit=x")));

    int number = 0;
    for (HttpResponse<String> problem : problems) {
      number++;
      assertThat(header(problem, "Content-Type")).isEqualTo("application/problem+json");
      assertThat(json(problem).get("request_id").asText()).isEqualTo("p-" + number);
    }
  }

  @Test
  void the_lines_of_events_name_the_request_that_brought_them() {
    named("lines-1", api.posting("/event", "application/json", event("r-1", "p")));
    named("lines-2", api.posting("/event", "application/json", event("r-1", "p")));
    named("lines-3", api.posting("/event", "application/json", event("r-1", "other")));
    named("lines-4", api.posting("/event", "application/json", "{\"event_id\":\"r-2\"}"));
    named("lines-5", api.posting("/event", "application/json", "7"));

    assertThat(line("(request lines-1)")).contains("stored #", " r-1 ");
    assertThat(line("(request lines-2)")).contains("stored before, #");
    assertThat(line("(request lines-3)")).contains("refused r-1: its id is taken");
    assertThat(line("(request lines-4)")).contains("refused r-2: ");
    assertThat(line("(request lines-5)")).contains("refused a body: ");
  }

  /** Those lines are written where nobody knows of requests. */
  @Test
  void other_lines_have_it_beside_them_where_they_are_json() {
    api.post(event("r-3", "p"));
    String admin = consumer.token("events:admin");
    consumer.send(
        consumer
            .request("/event/r-3")
            .header("Authorization", "Bearer " + admin)
            .header(HEADER, "erasing")
            .DELETE());
    for (int i = 0; i < 2; i++) {
      consumer.send(
          consumer
              .request("/token")
              .header(HEADER, "guessing-" + i)
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(BodyPublishers.ofString("username=relay&password=wrong")));
    }

    assertThat(json(line("erased the event r-3")).at("/mdc/request_id").asText())
        .isEqualTo("erasing");
    assertThat(json(line("too many failed logins")).at("/mdc/request_id").asText())
        .startsWith("guessing-");
  }

  @Test
  void a_web_page_may_send_it_and_read_it() {
    HttpResponse<String> answer =
        api.send(api.request("/event").header("Origin", "https://a.example"));
    HttpResponse<String> preflight =
        consumer.send(
            consumer
                .request("/event")
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", "https://a.example")
                .header("Access-Control-Request-Method", "POST"));

    assertThat(header(answer, "Access-Control-Expose-Headers")).contains(HEADER);
    assertThat(header(preflight, "Access-Control-Allow-Headers")).contains(HEADER);
  }
}
