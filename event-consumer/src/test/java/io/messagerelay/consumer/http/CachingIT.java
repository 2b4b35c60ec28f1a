package io.messagerelay.consumer.http;

import static io.messagerelay.consumer.http.Api.event;
import static io.messagerelay.consumer.http.Api.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.consumer.app.RunningConsumer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client need not be sent again, or not in full. */
class CachingIT {
  @TempDir private static Path folder;
  private static RunningConsumer consumer;
  private static Api api;

  @BeforeAll
  static void start() {
    consumer = RunningConsumer.start(folder, Map.of());
    api = new Api(consumer);
    api.post(event("short", "p").replace("order.created", "short"));
    api.post(event("long", "long ".repeat(1_000)));
  }

  @AfterAll
  static void stop() {
    consumer.close();
  }

  private static HttpResponse<String> ifNot(String tags) {
    return api.send(api.request("/event/short").header("If-None-Match", tags));
  }

  @Test
  void an_event_that_the_client_has_is_not_sent_again() {
    HttpResponse<String> first = api.get("/event/short");
    String tag = header(first, "ETag");
    assertThat(tag).matches("\"[\\w-]{20}\"");
    assertThat(first.headers().allValues("Cache-Control")).containsExactly("private, no-cache");

    for (String tags : new String[] {tag, "\"other\", " + tag, "W/" + tag, "*"}) {
      HttpResponse<String> again = ifNot(tags);
      assertThat(again.statusCode()).as(tags).isEqualTo(304);
      assertThat(again.body()).isEmpty();
      assertThat(header(again, "ETag")).isEqualTo(tag);
      assertThat(again.headers().allValues("Cache-Control")).containsExactly("private, no-cache");
    }
  }

  @Test
  void another_tag_or_another_event_is_sent() {
    assertThat(ifNot("\"other\"").statusCode()).isEqualTo(200);
    assertThat(header(api.get("/event/long"), "ETag"))
        .isNotEqualTo(header(api.get("/event/short"), "ETag"));
  }

  @Test
  void a_client_that_has_it_must_still_be_let_in() {
    var stranger = consumer.request("/event/short").header("If-None-Match", "*");
    assertThat(consumer.send(stranger).statusCode()).isEqualTo(401);
  }

  private static HttpResponse<byte[]> list(String query, String accepted)
      throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          api.request("/event" + query).header("Accept-Encoding", accepted).build(),
          BodyHandlers.ofByteArray());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "br, GZIP;q=0.5", "*", "deflate, *;q=0.1"})
  void a_page_is_small_for_who_accepts_that(String accepted) throws Exception {
    HttpResponse<byte[]> page = list("", accepted);

    assertThat(page.headers().firstValue("Content-Encoding")).hasValue("gzip");
    assertThat(page.headers().allValues("Vary")).containsExactly("Accept, Accept-Encoding");
    assertThat(page.body()).hasSizeLessThan(1_000);
    try (var gunzip = new GZIPInputStream(new ByteArrayInputStream(page.body()))) {
      assertThat(new String(gunzip.readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo(api.get("/event").body());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "br", "gzip;q=0", "*;q=0", "gzip;q=0.0, *"})
  void a_page_is_as_it_is_for_all_others(String accepted) throws Exception {
    HttpResponse<byte[]> page = list("", accepted);

    assertThat(page.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(page.headers().allValues("Vary")).containsExactly("Accept, Accept-Encoding");
    assertThat(page.body()).hasSizeGreaterThan(5_000);
  }

  @Test
  void a_short_page_is_not_worth_it_and_a_stream_is_never_encoded() throws Exception {
    assertThat(list("?type=short", "gzip").headers().firstValue("Content-Encoding")).isEmpty();
    try (SseClient reader =
        new SseClient(consumer, api.token(), "?from=start", "Accept-Encoding: gzip")) {
      assertThat(reader.head()).noneMatch(line -> line.startsWith("content-encoding"));
      assertThat(SseClient.data(reader.event())).contains("\"short\"");
    }
  }
}
