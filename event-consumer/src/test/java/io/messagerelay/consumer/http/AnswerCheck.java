package io.messagerelay.consumer.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.messagerelay.contract.Wire;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares answers with the description: status, type, body and the headers that tell something.
 * Remembers every refusal that was answered. Shared by threads.
 */
final class AnswerCheck {
  /** Of every answer: of caches, pages and rates, and what HTTP needs. */
  private static final Set<String> OF_ALL =
      Set.of(
          ":status",
          "cache-control",
          "connection",
          "content-length",
          "content-security-policy",
          "content-type",
          "cross-origin-resource-policy",
          "date",
          "pragma",
          "ratelimit",
          "ratelimit-policy",
          "referrer-policy",
          "transfer-encoding",
          "vary",
          "x-content-type-options",
          "x-frame-options",
          "x-request-id");

  private final Description description;
  private final ConcurrentLinkedQueue<JsonNode> refusals = new ConcurrentLinkedQueue<>();

  AnswerCheck(Description description) {
    this.description = description;
  }

  /** Fails where the answer is none that the description tells of. */
  void check(HttpResponse<String> answer) {
    Map<String, String> headers = new TreeMap<>();
    answer
        .headers()
        .map()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    check(
        answer.request().method(),
        answer.uri().getRawPath(),
        answer.statusCode(),
        headers,
        answer.body());
  }

  /** The same for the first answer on a connection. */
  void check(String method, String path, RawAnswers answers) {
    check(method, path, answers.statuses().getFirst(), answers.headers(), answers.firstBody());
  }

  /**
   * @param path without its query
   * @param headers by names in lower case
   */
  void check(String method, String path, int status, Map<String, String> headers, String body) {
    Optional<Route> route = Route.of(Route.canonical(path));
    if (route.isPresent() && isOutside(method, route.get(), status)) {
      return;
    }
    JsonNode response =
        route
            .flatMap(known -> description.response(method, known, status))
            .orElseGet(description::anywhere);
    String what = "%s %s: %d %s %s".formatted(method, path, status, headers, body);
    assertThat(response.path("headers").properties())
        .as(what)
        .extracting(header -> header.getKey().toLowerCase(Locale.ROOT))
        .containsAll(telling(headers));
    if (!method.equals("HEAD")) {
      checkBody(what, response.path("content"), headers.get("content-type"), body, status);
    }
  }

  /** The pages for people, and what a browser asks before it asks. */
  private static boolean isOutside(String method, Route route, int status) {
    return method.equals("OPTIONS") ? status == 204 : status < 400 && isOfAPage(route);
  }

  private static boolean isOfAPage(Route route) {
    return route.shown() != SecurityHeaders.Shown.DATA || route == Route.OPENAPI;
  }

  private static Set<String> telling(Map<String, String> headers) {
    Map<String, String> rest = new TreeMap<>(headers);
    rest.keySet().removeAll(OF_ALL);
    rest.keySet().removeIf(name -> name.startsWith("access-control-"));
    return rest.keySet();
  }

  private void checkBody(
      String what, JsonNode content, @Nullable String given, String body, int status) {
    if (given == null || status == 304) {
      assertThat(content.isMissingNode() && body.isEmpty()).as(what).isTrue();
      return;
    }
    String type = given.replaceFirst(";.*", "");
    assertThat(content.has(type)).as(what).isTrue();
    JsonNode schema = content.get(type).get("schema");
    if (type.equals("application/x-ndjson")) {
      JsonNode line = description.at("/components/schemas/StoredEvent");
      body.lines().forEach(each -> assertKeeps(what, line, Api.json(each)));
    }
    boolean json = type.equals(Wire.JSON) || type.equals(Answer.PROBLEM_JSON);
    JsonNode value = json ? Api.json(body) : new TextNode(body);
    assertKeeps(what, schema, value);
    if (status >= 400) {
      refusals.add(value);
    }
    if (type.equals(Answer.PROBLEM_JSON)) {
      assertThat(value.get("status").asInt()).as(what).isEqualTo(status);
    }
  }

  private void assertKeeps(String what, JsonNode schema, JsonNode value) {
    assertThat(description.faults(schema, value)).as(what).isEmpty();
  }

  /** Every refusal that was answered so far. */
  Stream<JsonNode> refusals() {
    return refusals.stream();
  }
}
