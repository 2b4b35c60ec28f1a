package io.messagerelay.consumer.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.consumer.app.RunningConsumer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of web pages of other origins. */
class CorsIT {
  private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";

  @TempDir private static Path folder;
  private static RunningConsumer consumer;
  private static Api api;

  @BeforeAll
  static void start() {
    consumer =
        RunningConsumer.start(
            folder, Map.of("CORS_ORIGINS", "https://a.example:443, http://localhost:3000"));
    api = new Api(consumer);
  }

  @AfterAll
  static void stop() {
    consumer.close();
  }

  private static HttpResponse<String> preflight(String path, String origin) {
    return consumer.send(
        consumer
            .request(path)
            .method("OPTIONS", BodyPublishers.noBody())
            .header("Origin", origin)
            .header("Access-Control-Request-Method", "POST")
            .header("Access-Control-Request-Headers", "authorization,content-type"));
  }

  @ParameterizedTest
  @CsvSource({
    "/event, https://a.example, 'GET, HEAD, POST, OPTIONS'",
    "/events/, http://localhost:3000, 'GET, HEAD, POST, OPTIONS'",
    "/event/x, https://a.example, 'GET, HEAD, DELETE, OPTIONS'",
    "/token, https://a.example, 'POST, OPTIONS'",
  })
  void a_preflight_of_a_named_origin_says_what_may_be_asked(
      String path, String origin, String methods) {
    HttpResponse<String> answer = preflight(path, origin);

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(Api.header(answer, ALLOW_ORIGIN)).isEqualTo(origin);
    assertThat(Api.header(answer, "Access-Control-Allow-Methods")).isEqualTo(methods);
    assertThat(Api.header(answer, "Access-Control-Allow-Headers"))
        .contains("Authorization", "Content-Type", "Idempotency-Key", "Last-Event-ID");
    assertThat(Api.header(answer, "Access-Control-Max-Age")).isEqualTo("600");
    assertThat(answer.headers().allValues("Vary")).containsExactly("Origin");
    assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-credentials");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://b.example",
        "http://a.example",
        "https://a.example:8443",
        "https://a.example.evil.example",
        "http://localhost",
        "null"
      })
  void another_origin_is_told_nothing(String origin) {
    HttpResponse<String> answer = preflight("/event", origin);

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.headers().map().keySet()).noneMatch(name -> name.startsWith("access-"));
    assertThat(answer.headers().allValues("Vary")).containsExactly("Origin");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/event", "/event/none", "/stats", "/nowhere", "/ready"})
  void every_answer_to_a_named_origin_may_be_read_with_what_it_needs(String path) {
    HttpResponse<String> answer =
        api.send(api.request(path).header("Origin", "http://localhost:3000"));

    assertThat(answer.headers().allValues(ALLOW_ORIGIN)).containsExactly("http://localhost:3000");
    assertThat(Api.header(answer, "Access-Control-Expose-Headers"))
        .contains("ETag", "Link", "Location", "Retry-After", "RateLimit");
    assertThat(answer.headers().allValues("Vary")).contains("Origin");
  }

  @Test
  void a_list_depends_on_the_origin_and_on_what_is_accepted() {
    List<String> vary = api.get("/event").headers().allValues("Vary");

    assertThat(String.join(", ", vary)).contains("Origin", "Accept", "Accept-Encoding");
  }

  @Test
  void a_stream_may_be_read_too() throws Exception {
    try (RawSocket client = new RawSocket(consumer.port())) {
      client.send(
          RawSocket.get(
              "/event",
              "Authorization: Bearer " + api.token(),
              "Accept: text/event-stream",
              "Origin: https://a.example"));

      assertThat(client.head().toLowerCase(Locale.ROOT))
          .contains("access-control-allow-origin: https://a.example")
          .contains("vary: origin", "vary: accept");
    }
  }

  @Test
  void without_an_origin_nothing_is_allowed() {
    HttpRequest.Builder options =
        consumer.request("/event").method("OPTIONS", BodyPublishers.noBody());

    assertThat(consumer.send(options).headers().map())
        .doesNotContainKey("access-control-allow-origin");
  }
}
