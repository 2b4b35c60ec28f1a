package io.messagerelay.consumer.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every method on every path. */
class MethodsIT {
  /** Those of RFC 9110, RFC 5789 and WebDAV, and some that nobody knows. */
  private static final List<String> METHODS =
      List.of(
          "GET",
          "HEAD",
          "POST",
          "PUT",
          "DELETE",
          "PATCH",
          "OPTIONS",
          "TRACE",
          "CONNECT",
          "PROPFIND",
          "QUERY",
          "PRI",
          "get",
          "A-B!",
          "X".repeat(100));

  /** Pages of the framework, which tells HEAD no length, and for the API's page no type. */
  private static final Set<Route> FRAMEWORKS =
      Set.of(Route.METRICS, Route.OPENAPI, Route.DOCS, Route.DOCS_PAGE, Route.DOCS_FILE);

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

  private static String path(Route route) {
    return route.path().replace("{event_id}", "x").replace("{file}", "index.html");
  }

  private static Stream<Arguments> of(List<String> methods, boolean allowed) {
    return Arrays.stream(Route.values())
        .flatMap(
            route ->
                methods.stream()
                    .filter(method -> route.allows(method) == allowed)
                    .map(method -> Arguments.of(method, path(route), route)));
  }

  static Stream<Arguments> others() {
    return of(METHODS, false);
  }

  @ParameterizedTest(name = "methods: {0} {1}")
  @MethodSource("others")
  void a_method_that_a_path_does_not_know_is_405_with_those_it_does(
      String method, String path, Route route) {
    RawAnswers answers = client.isAnswered(client.head(method, path, "Content-Length: 0"), 405);

    assertThat(answers.headers()).containsEntry("allow", route.allow());
    if (!method.equals("HEAD")) {
      assertThat(answers.kind()).isEqualTo("method-not-allowed");
    }
  }

  static Stream<Arguments> options() {
    return of(List.of("OPTIONS"), true);
  }

  @ParameterizedTest(name = "methods: {0} {1}")
  @MethodSource("options")
  void options_is_204_with_the_methods_of_the_path(String method, String path, Route route) {
    RawAnswers answers = client.isAnswered(client.head(method, path), 204);

    assertThat(answers.headers()).containsEntry("allow", route.allow());
    assertThat(answers.body()).startsWith("HTTP/1.1 200");
  }

  static Stream<Arguments> heads() {
    return of(List.of("HEAD"), true);
  }

  @ParameterizedTest(name = "methods: {0} {1}")
  @MethodSource("heads")
  void head_is_get_without_the_body(String method, String path, Route route) {
    RawAnswers get = client.send(client.head("GET", path, "Connection: close"));
    RawAnswers head = client.send(client.head(method, path, "Connection: close"));

    assertThat(head.statuses()).isEqualTo(get.statuses());
    assertThat(head.body()).isEmpty();
    assertThat(comparable(head, route)).isEqualTo(comparable(get, route));
  }

  private static Map<String, String> comparable(RawAnswers answers, Route route) {
    TreeMap<String, String> headers = answers.headers();
    headers.remove("date");
    headers.remove("x-request-id");
    if (FRAMEWORKS.contains(route)) {
      headers.remove("content-length");
      headers.remove("content-type");
    }
    return headers;
  }

  static Stream<Arguments> allowed() {
    return of(List.of("GET", "POST", "DELETE"), true);
  }

  /** Without a token, so that nothing can come of it. */
  @ParameterizedTest(name = "methods: {0} {1}")
  @MethodSource("allowed")
  void a_method_that_a_path_knows_is_never_a_fault(String method, String path, Route route) {
    String request = client.head(method, path, "Content-Length: 0", "Connection: close");

    assertThat(client.send(request.replaceFirst("Authorization: [^\r]*\r\n", "")).statuses())
        .hasSize(1)
        .allMatch(status -> status < 500 && status != 405, "below 500 and not 405");
    client.bearsIt();
  }
}
