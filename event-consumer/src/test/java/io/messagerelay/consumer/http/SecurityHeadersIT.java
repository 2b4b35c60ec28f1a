package io.messagerelay.consumer.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.consumer.app.RunningConsumer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecurityHeadersIT {
  @TempDir private static Path folder;
  private static RunningConsumer consumer;
  private static Api api;

  @BeforeAll
  static void start() {
    consumer = RunningConsumer.start(folder, Map.of());
    api = new Api(consumer);
  }

  @AfterAll
  static void stop() {
    consumer.close();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /ready, 200",
    "HEAD, /ready, 200",
    "GET, /health/live, 200",
    "GET, /metrics, 200",
    "GET, /openapi.json, 200",
    "GET, /event, 200",
    "GET, /events/, 200",
    "GET, /event/none, 404",
    "GET, /stats, 200",
    "GET, /refusal, 200",
    "GET, /nowhere, 404",
    "PUT, /event, 405",
    "POST, /event, 415",
    "POST, /token, 400",
    "OPTIONS, /event, 204",
  })
  void every_answer_is_closed_to_browsers(String method, String path, int status) {
    HttpResponse<String> answer =
        api.send(api.request(path).method(method, BodyPublishers.noBody()));

    assertThat(answer.statusCode()).isEqualTo(status);
    assertCommon(answer);
    assertThat(answer.headers().allValues("Content-Security-Policy"))
        .containsExactly("default-src 'none'; frame-ancestors 'none'");
  }

  private static void assertCommon(HttpResponse<String> answer) {
    Map<String, List<String>> headers = answer.headers().map();
    assertThat(headers)
        .containsEntry("x-content-type-options", List.of("nosniff"))
        .containsEntry("referrer-policy", List.of("no-referrer"))
        .containsEntry("x-frame-options", List.of("DENY"))
        .containsEntry("cross-origin-resource-policy", List.of("same-origin"))
        .doesNotContainKeys("server", "x-powered-by", "access-control-allow-origin");
  }

  @Test
  void a_stream_is_closed_to_browsers_too() throws IOException {
    try (RawSocket client = new RawSocket(consumer.port())) {
      client.send(
          RawSocket.get(
              "/event", "Authorization: Bearer " + api.token(), "Accept: text/event-stream"));

      assertThat(client.head())
          .startsWith("HTTP/1.1 200 ")
          .contains("Content-Security-Policy: default-src 'none'");
    }
  }

  /**
   * When a page changes, with a new Swagger UI or the console's import map, its browsers would show
   * it empty.
   */
  @ParameterizedTest
  @CsvSource({"/docs/, 2", "/docs/swagger-ui.css, 0", "/, 1", "/console/app.js, 0"})
  void the_page_runs_its_own_scripts_and_no_others(String path, int scripts)
      throws NoSuchAlgorithmException {
    HttpResponse<String> page = consumer.get(path);
    String policy = Api.header(page, "Content-Security-Policy");

    assertCommon(page);
    assertThat(policy).contains("default-src 'none'", "frame-ancestors 'none'");
    assertThat(policy.replaceFirst(".*script-src ([^;]*);.*", "$1")).doesNotContain("unsafe");
    Matcher inline =
        Pattern.compile("(?s)<script(?![^>]*\\bsrc=)[^>]*>(.*?)</script>").matcher(page.body());
    int found = 0;
    while (inline.find()) {
      found++;
      assertThat(policy).contains("'sha256-" + digest(inline.group(1)) + '\'');
    }
    assertThat(found).isEqualTo(scripts);
  }

  @Test
  void the_console_may_use_nothing_but_its_own_files() {
    String policy = Api.header(consumer.get("/"), "Content-Security-Policy");

    assertThat(policy)
        .doesNotContain("unsafe", "http:", "https:")
        .contains("default-src 'none'", "style-src 'self'; ", "connect-src 'self'; ")
        .contains("base-uri 'none'", "form-action 'none'", "require-trusted-types-for 'script'");
  }

  private static String digest(String script) throws NoSuchAlgorithmException {
    String asParsed = script.replace("\r\n", "\n");
    return Base64.getEncoder()
        .encodeToString(
            MessageDigest.getInstance("SHA-256").digest(asParsed.getBytes(StandardCharsets.UTF_8)));
  }
}
