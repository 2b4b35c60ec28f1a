package io.messagerelay.consumer.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.consumer.app.RunningConsumer;
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

/** The console's files, as a browser asks for them. */
class ConsoleIT {
  @TempDir private static Path folder;
  private static RunningConsumer consumer;

  @BeforeAll
  static void start() {
    consumer = RunningConsumer.start(folder, Map.of());
  }

  @AfterAll
  static void stop() {
    consumer.close();
  }

  private static HttpResponse<String> get(String path, String header, String value) {
    return consumer.send(consumer.request(path).header(header, value).GET());
  }

  @ParameterizedTest
  @CsvSource({
    "/, text/html;charset=UTF-8, <relay-console>",
    "/console/app.js, text/javascript;charset=UTF-8, customElements",
    "/console/lit.js, text/javascript;charset=UTF-8, lit-html",
    "/console/uplot.css, text/css;charset=UTF-8, .uplot",
    "/console/icon.svg, image/svg+xml, <svg",
  })
  void a_file_is_kept_and_asked_after(String path, String type, String content) {
    HttpResponse<String> answer = consumer.get(path);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains(content);
    assertThat(answer.headers().map())
        .containsEntry("content-type", List.of(type))
        .containsEntry("cache-control", List.of("no-cache"))
        .containsEntry("vary", List.of("Accept-Encoding"));

    String tag = answer.headers().firstValue("ETag").orElseThrow();
    HttpResponse<String> again = get(path, "If-None-Match", tag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(again.headers().allValues("ETag")).containsExactly(tag);
    assertThat(get(path, "If-None-Match", "\"another\"").statusCode()).isEqualTo(200);
  }

  @Test
  void a_file_is_gzipped_for_who_accepts_that() {
    HttpResponse<String> answer = get("/console/uplot.js", "Accept-Encoding", "gzip");

    assertThat(answer.headers().firstValue("Content-Encoding")).hasValue("gzip");
    assertThat(answer.headers().firstValueAsLong("Content-Length").orElseThrow())
        .isLessThan(consumer.get("/console/uplot.js").body().length() / 2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/console/none.js",
        "/console/..%2fapplication.properties",
        "/console/lib/lit.js",
        "/console",
        "/_static/lit/3.3.2/index.js",
        "/webjars/uplot/1.6.30/dist/uPlot.esm.js",
      })
  void nothing_else_is_there(String path) {
    HttpResponse<String> answer = consumer.get(path);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("urn:message-relay:problem:not-found");
  }
}
