package io.messagerelay.consumer.http;

import static io.messagerelay.consumer.http.HostileClient.EVENT;
import static io.messagerelay.consumer.http.HostileClient.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Events with faults, alone, in an array and as a line, and bodies of other types. */
class HostileEventsIT {
  private static final String JSON = "application/json";
  private static final String TYPES = "application/json, application/x-ndjson";

  @TempDir private static Path folder;
  private static HostileClient client;

  @BeforeAll
  static void start() {
    client = HostileClient.ofConsumer(folder, Map.of());
  }

  @AfterAll
  static void stop() {
    client.close();
  }

  private static Arguments fault(String name, String event, String... pointers) {
    return Arguments.of(name, utf8(event), List.of(pointers));
  }

  /** A good event but for this member. */
  private static Arguments member(String name, String member, String json) {
    String event = "{\"event_type\":\"t\",\"event_payload\":\"p\"}";
    String good = "\"%s\":\"%s\"".formatted(member, member.equals("event_type") ? "t" : "p");
    String bad = "\"%s\":%s".formatted(member, json);
    String all =
        event.contains(good) ? event.replace(good, bad) : event.replace("}", "," + bad + "}");
    return fault(member + " " + name, all, "/" + member);
  }

  private static Stream<Arguments> wrongTypes() {
    return Stream.of("event_type", "event_payload", "event_id", "event_key", "traceparent")
        .flatMap(
            member ->
                Stream.of("null", "true", "7", "[]", "[\"a\"]", "{}")
                    .map(json -> member(json, member, json)));
  }

  private static Stream<Arguments> texts() {
    return Stream.of("event_type", "event_id", "event_key")
        .flatMap(
            member ->
                Stream.of(
                    member("of no character", member, "\"\""),
                    member("of blanks", member, "\"  \""),
                    member("with a blank before", member, "\" a\""),
                    member("of 256 characters", member, '"' + "x".repeat(256) + '"'),
                    member("of 256 emoji", member, '"' + "\ud83d\ude00".repeat(256) + '"'),
                    member("with U+0000", member, "\"a\\u0000b\""),
                    member("with a line break", member, "\"a\\r\\nb\""),
                    member("with DEL", member, "\"a\u007fb\""),
                    member("with U+0085", member, "\"a\u0085b\""),
                    member("with half a surrogate pair", member, "\"a\\ud800\"")));
  }

  private static Stream<Arguments> others() {
    return Stream.of(
        fault("nothing", "{}", "/event_type", "/event_payload"),
        fault("no event_type", "{\"event_payload\":\"p\"}", "/event_type"),
        fault("no event_payload", "{\"event_type\":\"t\"}", "/event_payload"),
        member("of 65 characters", "event_id", '"' + "x".repeat(65) + '"'),
        member(".", "event_id", "\".\""),
        member("..", "event_id", "\"..\""),
        member(
            "of zeros", "traceparent", "\"00-" + "0".repeat(32) + '-' + "0".repeat(16) + "-01\""),
        member("of words", "traceparent", "\"nonsense\""),
        member("unknown", "colour", "\"red\""),
        member("in capitals", "Event_Id", "\"x\""),
        fault("an unknown member a/b~", EVENT.replace("}", ",\"a/b~\":1}"), "/a~1b~0"),
        fault(
            "a batch in an object",
            "{\"events\":[" + EVENT + "]}",
            "/events",
            "/event_type",
            "/event_payload"),
        fault(
            "every member",
            "{\"event_type\":null,\"event_payload\":7,\"event_id\":\"\",\"event_key\":\" \","
                + "\"traceparent\":\"x\",\"colour\":\"red\"}",
            "/event_type",
            "/event_payload",
            "/event_id",
            "/event_key",
            "/traceparent",
            "/colour"));
  }

  static Stream<Arguments> faults() {
    return Stream.of(wrongTypes(), texts(), others()).flatMap(cases -> cases);
  }

  @ParameterizedTest(name = "events: {0}")
  @MethodSource("faults")
  void every_fault_is_named_by_its_pointer_in_every_form(
      String name, String event, List<String> pointers) {
    RawAnswers alone = client.isAnswered(client.posting(JSON, event), 400);
    RawAnswers item = client.isAnswered(client.posting(JSON, "[" + event + "]"), 400);
    RawAnswers line = client.isAnswered(client.posting("application/x-ndjson", event), 400);

    assertThat(alone.kind()).isEqualTo("invalid-event");
    assertThat(pointers(alone.problem())).isEqualTo(pointers);
    for (RawAnswers batch : List.of(item, line)) {
      assertThat(batch.kind()).isEqualTo("invalid-batch");
      JsonNode results = batch.problem().get("results");
      assertThat(results).hasSize(1);
      assertThat(results.get(0).get("status").asText()).isEqualTo("rejected");
      assertThat(pointers(results.get(0))).isEqualTo(pointers);
    }
  }

  /** Each once, however many faults there are at it. */
  private static List<String> pointers(JsonNode faulty) {
    return faulty.get("errors").findValuesAsText("pointer").stream().distinct().toList();
  }

  @ParameterizedTest(name = "content types: {0}")
  @ValueSource(
      strings = {
        "",
        "*/*",
        "application/*",
        "application/jsonp",
        "application/problem+json",
        "application/cloudevents+json",
        "application/json, application/json",
        "application/json; charset=iso-8859-1",
        "application/json; charset=",
        "multipart/form-data; boundary=x",
        "text/json",
        "json/application",
        ";",
      })
  void a_body_of_another_type_is_415_with_those_there_are(String type) {
    RawAnswers answers = client.isAnswered(client.posting(type, EVENT), 415);

    assertThat(answers.kind()).isEqualTo("unsupported-media-type");
    assertThat(answers.headers()).containsEntry("accept", TYPES);
  }

  @Test
  void two_types_are_415() {
    String request = client.posting(JSON, EVENT, "Content-Type: application/json");

    assertThat(client.isAnswered(request, 415).headers()).containsEntry("accept", TYPES);
  }

  @ParameterizedTest(name = "content encodings: {0}")
  @ValueSource(strings = {"gzip", "GZIP", "br", "deflate", "identity, gzip", "gzip, gzip", "x", ""})
  void an_encoded_body_is_415_with_what_is_understood(String encoding) {
    String request = client.posting(JSON, EVENT, "Content-Encoding: " + encoding);

    assertThat(client.isAnswered(request, 415).headers())
        .containsEntry("accept-encoding", "identity");
  }

  @Test
  void an_encoding_in_a_second_line_is_415() {
    String request =
        client.posting(JSON, EVENT, "Content-Encoding: identity", "Content-Encoding: gzip");

    assertThat(client.isAnswered(request, 415).headers())
        .containsEntry("accept-encoding", "identity");
  }

  /** 64 MiB in 64 KiB: nobody unpacks it. */
  @Test
  void a_body_that_grows_when_unpacked_is_415() throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      for (int i = 0; i < 64; i++) {
        gzip.write(new byte[1024 * 1024]);
      }
    }
    String body = packed.toString(StandardCharsets.ISO_8859_1);

    client.isAnswered(client.posting(JSON, body, "Content-Encoding: gzip"), 415);
  }

  @Test
  void what_is_wrong_is_told_as_a_problem_also_to_who_accepts_none() {
    String request = client.posting(JSON, EVENT, "Accept: text/html");

    assertThat(client.isAnswered(request, 406).kind()).isEqualTo("not-acceptable");
    assertThat(client.isAnswered(request.replace("/event ", "/x "), 404).kind())
        .isEqualTo("not-found");
    assertThat(client.isAnswered(request.replace("Bearer ", "Basic "), 401).kind())
        .isEqualTo("unauthorized");
  }

  @ParameterizedTest(name = "Idempotency-Key: {0}")
  @ValueSource(strings = {"", "\"\"", ".", "\"..\"", "a\tb", "\" a\"", "\"\u00e9\""})
  void an_idempotency_key_that_is_no_id_is_400(String key) {
    client.isAnswered(client.posting(JSON, EVENT, "Idempotency-Key: " + key), 400);
  }

  @Test
  void an_idempotency_key_that_is_too_long_or_comes_twice_is_400() {
    String key = "Idempotency-Key: " + "k".repeat(65);

    client.isAnswered(client.posting(JSON, EVENT, key), 400);
    client.isAnswered(client.posting(JSON, EVENT, "Idempotency-Key: k", "Idempotency-Key: k"), 400);
  }
}
