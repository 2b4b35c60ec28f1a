package io.messagerelay.consumer.http;

import static io.messagerelay.consumer.http.Api.event;
import static io.messagerelay.consumer.http.Api.header;
import static io.messagerelay.consumer.http.Api.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.messagerelay.consumer.app.RunningConsumer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /event} of the packaged service. */
class PostEventIT {
  @TempDir private static Path folder;
  private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();
  private static RunningConsumer consumer;
  private static Api api;

  @BeforeAll
  static void start() {
    consumer = RunningConsumer.start(folder, Map.of());
    api = new Api(consumer);
  }

  @AfterAll
  static void stop() {
    THREADS.close();
    consumer.close();
  }

  @Test
  void a_new_event_is_created_where_location_says() {
    HttpResponse<String> response = api.post(event("new/ 1", "a"));

    assertThat(response.statusCode()).isEqualTo(201);
    JsonNode body = json(response);
    assertThat(body.get("status").asText()).isEqualTo("success");
    assertThat(body.get("event_id").asText()).isEqualTo("new/ 1");
    assertThat(body.get("id").isIntegralNumber()).isTrue();
    assertThat(header(response, "Location")).isEqualTo("/event/new%2F%201");
    HttpResponse<String> read = api.get(header(response, "Location"));
    assertThat(json(read).get("payload").asText()).isEqualTo("a");
    assertThat(json(read).get("id")).isEqualTo(body.get("id"));
  }

  @Test
  void a_repeat_is_a_duplicate_however_it_is_written() {
    JsonNode first = json(api.post(event("again", "a")));

    HttpResponse<String> second =
        api.post(
            "{ \"event_id\":\"again\", \"event_payload\":\"\\u0061\", \"event_type\":\"order.created\" }");

    assertThat(second.statusCode()).isEqualTo(200);
    assertThat(json(second).get("duplicate").asBoolean()).isTrue();
    assertThat(json(second).get("id")).isEqualTo(first.get("id"));
  }

  @Test
  void the_same_id_with_other_content_is_422_and_changes_nothing() {
    api.post(event("taken", "a"));

    HttpResponse<String> response = api.post(event("taken", "b"));

    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(json(response).get("type").asText())
        .isEqualTo("urn:message-relay:problem:id-conflict");
    assertThat(json(api.get("/event/taken")).get("payload").asText()).isEqualTo("a");
  }

  @Test
  void an_event_without_an_id_gets_one_in_time_order() {
    String first =
        json(api.post("{\"event_type\":\"t\",\"event_payload\":\"\"}")).get("event_id").asText();
    String second =
        json(api.post("{\"event_type\":\"t\",\"event_payload\":\"\"}")).get("event_id").asText();

    assertThat(first)
        .matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    assertThat(second).isGreaterThan(first);
  }

  @Test
  void all_faults_of_an_event_are_named_at_once() {
    HttpResponse<String> response = api.post("{\"event_type\":1,\"colour\":\"red\"}");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(header(response, "Content-Type")).isEqualTo("application/problem+json");
    JsonNode problem = json(response);
    assertThat(problem.get("status").asInt()).isEqualTo(400);
    assertThat(problem.get("title").asText()).isNotEmpty();
    assertThat(problem.get("errors").findValuesAsText("pointer"))
        .contains("/event_type", "/colour", "/event_payload");
    assertThat(problem.get("errors").findValuesAsText("detail")).doesNotContain("red");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "key-1|key-1",
        "\"key-2\"|key-2",
        "\"key \\\"3\\\"\"|key \"3\"",
      })
  void the_id_may_come_as_an_idempotency_key(String header, String id) {
    HttpResponse<String> response =
        api.send(
            api.posting(
                    "/event", "application/json", "{\"event_type\":\"t\",\"event_payload\":\"p\"}")
                .header("Idempotency-Key", header));

    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(json(response).get("event_id").asText()).isEqualTo(id);
  }

  /** However many ask at once, one of them stored it. */
  @Test
  void an_event_that_many_send_at_once_is_created_once() {
    List<Integer> statuses =
        IntStream.range(0, 64)
            .mapToObj(_ -> api.posting("/event", "application/json", event("at-once", "p")))
            .map(request -> CompletableFuture.supplyAsync(() -> api.send(request), THREADS))
            .toList()
            .stream()
            .map(answer -> answer.join().statusCode())
            .sorted()
            .toList();

    assertThat(statuses).filteredOn(status -> status == 200).hasSize(63);
    assertThat(statuses).containsOnlyOnce(201);
  }

  @Test
  void another_idempotency_key_than_the_id_is_400() {
    HttpResponse<String> response =
        api.send(
            api.posting("/event", "application/json", event("one", "p"))
                .header("Idempotency-Key", "other"));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(api.get("/event/one").statusCode()).isEqualTo(404);
  }

  @Test
  void one_event_over_256_kib_is_413_and_one_below_is_stored() {
    assertThat(api.post(event("large", "x".repeat(256 * 1024))).statusCode()).isEqualTo(413);
    assertThat(api.post(event("large", "x".repeat(256 * 1024 - 100))).statusCode()).isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/event/", "/events", "/events/"})
  void the_path_has_aliases(String path) {
    HttpResponse<String> response =
        api.send(
            api.posting(path, "application/json", event("alias" + path.replace('/', '-'), "p")));

    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(api.get(path + "?limit=1").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json;charset=utf-8",
        "application/json; charset=\"UTF-8\"",
        "Application/JSON",
      })
  void utf_8_may_be_said(String type) {
    assertThat(api.send(api.posting("/event", type, event("typed", "p"))).statusCode())
        .isIn(200, 201);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/json; charset=utf-16",
        "application/xml",
        "application/x-www-form-urlencoded",
        "json",
      })
  void another_type_is_415_with_those_that_are_understood(String type) {
    HttpResponse<String> response = api.send(api.posting("/event", type, event("never", "p")));

    assertThat(response.statusCode()).isEqualTo(415);
    assertThat(header(response, "Accept")).isEqualTo("application/json, application/x-ndjson");
  }

  @Test
  void no_type_is_415() {
    HttpResponse<String> response =
        api.send(api.request("/event").POST(BodyPublishers.ofString(event("never", "p"))));

    assertThat(response.statusCode()).isEqualTo(415);
  }

  @Test
  void an_encoded_body_is_415_with_the_encodings_that_are_understood() {
    HttpResponse<String> response =
        api.send(api.posting("/event", "application/json", "x").header("Content-Encoding", "gzip"));

    assertThat(response.statusCode()).isEqualTo(415);
    assertThat(header(response, "Accept-Encoding")).isEqualTo("identity");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*/*|201",
        "' '|201",
        "application/*|201",
        "text/html, application/json;q=0.5|201",
        "text/html|406",
        "application/json;q=0|406",
        "*/*, application/json;q=0|406",
        "nonsense|406",
      })
  void the_answer_is_json_or_406(String accept, int status) {
    HttpResponse<String> response =
        api.send(
            api.posting("/event", "application/json", event("accept-" + accept.hashCode(), "p"))
                .header("Accept", accept));

    assertThat(response.statusCode()).isEqualTo(status);
  }

  @Test
  void the_order_of_the_checks_holds() {
    var noToken = consumer.request("/event").POST(BodyPublishers.ofString("nonsense"));
    assertThat(consumer.send(noToken).statusCode()).isEqualTo(401);

    String reader = consumer.token("events:read");
    var noScope =
        consumer
            .request("/event")
            .header("Authorization", "Bearer " + reader)
            .header("Content-Type", "text/plain")
            .POST(BodyPublishers.ofString("nonsense"));
    HttpResponse<String> forbidden = consumer.send(noScope);
    assertThat(forbidden.statusCode()).isEqualTo(403);
    assertThat(header(forbidden, "WWW-Authenticate"))
        .isEqualTo(
            "Bearer realm=\"message-relay\", error=\"insufficient_scope\", scope=\"events:write\"");

    var badType = api.posting("/event", "text/plain", "nonsense");
    assertThat(api.send(badType).statusCode()).isEqualTo(415);

    var tooLarge =
        consumer.request("/event").POST(BodyPublishers.ofByteArray(new byte[4 * 1024 * 1024 + 1]));
    assertThat(consumer.send(tooLarge).statusCode()).isEqualTo(413);

    var badMethod = consumer.request("/event").method("PATCH", BodyPublishers.ofString("x"));
    assertThat(consumer.send(badMethod).statusCode()).isEqualTo(405);

    var badPath = consumer.request("/evnt").method("PATCH", BodyPublishers.ofString("x"));
    assertThat(consumer.send(badPath).statusCode()).isEqualTo(404);
  }

  @Test
  void without_a_token_the_challenge_names_no_error() {
    HttpResponse<String> response =
        consumer.send(consumer.request("/event?access_token=" + api.token()));

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(header(response, "WWW-Authenticate")).isEqualTo("Bearer realm=\"message-relay\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer x", "bearer a.b.c", "Bearer "})
  void a_bad_token_is_an_invalid_one(String authorization) {
    HttpResponse<String> response =
        consumer.send(consumer.request("/event").header("Authorization", authorization));

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(json(response).get("status").asInt()).isEqualTo(401);
  }

  @Test
  void two_authorizations_are_400() {
    HttpResponse<String> response =
        consumer.send(
            consumer
                .request("/event")
                .header("Authorization", "Bearer " + api.token())
                .header("Authorization", "Bearer " + api.token()));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(header(response, "WWW-Authenticate")).contains("error=\"invalid_request\"");
  }

  @Test
  void people_see_a_line_for_each_event_and_nothing_of_its_payload() {
    api.post(event("seen", "a secret"));
    api.post("{\"event_type\":1,\"event_payload\":\"a secret\",\"event_id\":\"unseen-and-long\"}");

    assertThat(consumer.log())
        .containsPattern("INFO .* stored #\\d+ seen order.created")
        .containsPattern("INFO .* refused unseen-a…long: /event_type must be a string")
        .doesNotContain("a secret")
        .doesNotContain(api.token());
  }
}
