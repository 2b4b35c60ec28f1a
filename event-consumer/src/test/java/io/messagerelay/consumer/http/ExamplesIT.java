package io.messagerelay.consumer.http;

import static io.messagerelay.consumer.http.Api.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.messagerelay.consumer.app.RunningConsumer;
import io.messagerelay.consumer.intake.IntakeResult.Deferred;
import io.messagerelay.consumer.intake.IntakeResult.Reason;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The examples of {@code /openapi.json}: each keeps to its schema, those of requests are sent, and
 * those of refusals are what the service says. Every answer is compared with the description.
 */
class ExamplesIT {
  private static final String SCOPES = "events:read events:write events:admin";
  private static final String REFUSALS = "#/components/schemas/(Problem|TokenError)";
  private static final String PROBLEM = "#/components/schemas/Problem";

  @TempDir private static Path folder;
  @TempDir private static Path limitedFolder;
  @TempDir private static Path narrowFolder;
  private static RunningConsumer consumer;
  private static Description description;
  private static AnswerCheck check;

  @BeforeAll
  static void start() {
    consumer =
        RunningConsumer.start(folder, Map.of("REQUEST_TIMEOUT", "1", "SERVICE_SCOPES", SCOPES));
    description = new Description(json(consumer.get("/openapi.json")));
    check = new AnswerCheck(description);
    consumer.hear(check::check);
  }

  @AfterAll
  static void stop() {
    consumer.close();
  }

  @TestFactory
  Stream<DynamicTest> each_example_keeps_to_its_schema() {
    return description.examples().stream()
        .map(
            example ->
                DynamicTest.dynamicTest(
                    example.where() + ' ' + example.value(),
                    () ->
                        assertThat(description.faults(example.schema(), example.value()))
                            .isEmpty()));
  }

  @Test
  void every_operation_says_what_any_request_may_be_answered() {
    assertThat(description.operations())
        .allSatisfy(
            (name, operation) ->
                assertThat(operation.at("/responses/default/$ref").asText())
                    .isEqualTo("#/components/responses/Anywhere"));
  }

  @Test
  void every_body_is_shown_by_an_example() {
    List<String> bare = new ArrayList<>();
    description
        .operations()
        .forEach(
            (name, operation) -> {
              contents(operation.path("requestBody"))
                  .filter(content -> !description.isShown(content))
                  .forEach(_ -> bare.add(name));
              operation.get("responses").properties().stream()
                  .flatMap(response -> contents(description.resolved(response.getValue())))
                  .filter(content -> !description.isShown(content))
                  .forEach(content -> bare.add(name + ' ' + content));
            });
    assertThat(bare).isEmpty();
  }

  private static Stream<JsonNode> contents(JsonNode body) {
    return body.path("content").properties().stream().map(Map.Entry::getValue);
  }

  @Test
  void every_kind_of_problem_is_shown_with_its_status_and_title() {
    Set<List<String>> shown =
        refusals(PROBLEM)
            .map(value -> List.of(text(value, "type"), text(value, "status"), text(value, "title")))
            .collect(Collectors.toSet());
    Set<List<String>> kinds =
        Arrays.stream(Problem.Kind.values())
            .map(kind -> List.of(kind.type(), Integer.toString(kind.status()), kind.title()))
            .collect(Collectors.toSet());
    assertThat(shown).isEqualTo(kinds);
  }

  @Test
  void an_example_of_a_problem_stands_under_its_status() {
    description
        .operations()
        .forEach(
            (name, operation) ->
                operation.get("responses").properties().stream()
                    .filter(response -> !response.getKey().equals("default"))
                    .forEach(
                        response ->
                            contents(description.resolved(response.getValue()))
                                .filter(
                                    content -> content.at("/schema/$ref").asText().equals(PROBLEM))
                                .flatMap(Description::ofContent)
                                .forEach(
                                    value ->
                                        assertThat(text(value, "status"))
                                            .as("%s %s", name, value)
                                            .isEqualTo(response.getKey()))));
  }

  private static Stream<JsonNode> refusals(String schemas) {
    return description.examples().stream()
        .filter(example -> example.schema().path("$ref").asText().matches(schemas))
        .map(Description.Example::value);
  }

  private static String text(JsonNode value, String member) {
    return value.path(member).asText();
  }

  @TestFactory
  Stream<DynamicTest> every_example_of_a_request_is_answered_as_described() {
    return description.operations().entrySet().stream()
        .flatMap(
            operation ->
                operation.getValue().at("/requestBody/content").properties().stream()
                    .flatMap(
                        content ->
                            Description.ofContent(content.getValue())
                                .map(
                                    value ->
                                        sending(operation.getKey(), content.getKey(), value))));
  }

  /** All are good, but nobody has the refresh token of an example. */
  private static DynamicTest sending(String operation, String type, JsonNode value) {
    int expected = value.has("refresh_token") ? 4 : 2;
    return DynamicTest.dynamicTest(
        operation + ' ' + value,
        () -> assertThat(send(operation.split(" "), type, value) / 100).isEqualTo(expected));
  }

  private static int send(String[] operation, String type, JsonNode value) {
    String body =
        switch (type) {
          case "application/x-www-form-urlencoded" -> form(value);
          case "application/x-ndjson" -> value.asText();
          default -> value.toString();
        };
    return consumer
        .send(
            consumer
                .request(operation[1])
                .header("Authorization", "Bearer " + consumer.token(SCOPES))
                .header("Content-Type", type)
                .method(operation[0].toUpperCase(Locale.ROOT), BodyPublishers.ofString(body)))
        .statusCode();
  }

  private static String form(JsonNode value) {
    return value.properties().stream()
        .map(field -> field.getKey() + '=' + encoded(field.getValue().asText()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Test
  void every_example_of_a_refusal_is_what_the_service_says() throws Exception {
    var provoked = new ProvokedAnswers(check);
    provoked.of(consumer);
    withSettings(
        limitedFolder,
        Map.of(
            "INTAKE_RATE_LIMIT", "1",
            "LOGIN_RATE_LIMIT", "1",
            "ACCOUNT_REQUEST_LIMIT", "1",
            "STREAM_LIMIT", "0",
            "ACCOUNT_STREAM_LIMIT", "1",
            "ADDRESS_STREAM_LIMIT", "1"),
        provoked::ofLimits);
    withSettings(
        narrowFolder,
        Map.of("ADDRESS_RATE_LIMIT", "3", "ACCOUNT_STREAM_LIMIT", "0"),
        provoked::ofAddresses);

    Set<JsonNode> said =
        Stream.concat(check.refusals(), ofNoRequest())
            .map(ExamplesIT::anyNumber)
            .collect(Collectors.toSet());
    assertThat(refusals(REFUSALS).map(ExamplesIT::anyNumber)).allMatch(said::contains);
  }

  private interface Provoking {
    void of(RunningConsumer consumer) throws Exception;
  }

  private static void withSettings(Path folder, Map<String, String> settings, Provoking provoking)
      throws Exception {
    try (var limited = RunningConsumer.start(folder, settings)) {
      limited.hear(check::check);
      provoking.of(limited);
    }
  }

  /** What the world, or a fault of ours, has to do its part for. */
  private static Stream<JsonNode> ofNoRequest() {
    return Stream.concat(
            Arrays.stream(Reason.values())
                .map(reason -> EventProblems.deferred(new Deferred(reason, Duration.ofSeconds(1)))),
            Stream.of(FaultMapper.problem(500)))
        .map(problem -> json(new String(problem.answer().body(), StandardCharsets.UTF_8)));
  }

  /** Limits are settings, and an example names one of many values; it is of no request. */
  private static JsonNode anyNumber(JsonNode refusal) {
    ObjectNode general = refusal.deepCopy();
    general.remove("request_id");
    general.properties().stream()
        .filter(member -> member.getValue().isTextual())
        .forEach(
            member ->
                general.put(member.getKey(), member.getValue().asText().replaceAll("\\d+", "0")));
    return general;
  }
}
