package io.messagerelay.consumer.http;

import static io.messagerelay.consumer.http.Api.event;
import static io.messagerelay.consumer.http.Api.header;
import static io.messagerelay.consumer.http.Api.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.messagerelay.consumer.app.RunningConsumer;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code GET /event} and {@code GET /event/{event_id}} of the packaged service. */
class ListEventsIT {
  private static final int EVENTS = 25;

  @TempDir private static Path folder;
  private static RunningConsumer consumer;
  private static Api api;

  @BeforeAll
  static void start() {
    consumer = RunningConsumer.start(folder, Map.of());
    api = new Api(consumer);
    List<String> events =
        IntStream.range(0, EVENTS).mapToObj(i -> event("e-" + i, "p" + i)).toList();
    api.postLines(String.join("\n", events));
    api.post(
        "{\"event_type\":\"order paid & done\",\"event_payload\":\"\",\"event_id\":\"paid\",\"event_key\":\"k\"}");
  }

  @AfterAll
  static void stop() {
    consumer.close();
  }

  private static List<String> ids(HttpResponse<String> page) {
    return json(page).findValuesAsText("event_id");
  }

  /** The target of {@code Link}; empty where there is none. */
  private static String next(HttpResponse<String> page) {
    return header(page, "Link").replaceFirst("^<(.*)>; rel=\"next\"$", "$1");
  }

  @Test
  void an_event_is_shown_as_documented() {
    JsonNode event = json(api.get("/event/paid"));

    assertThat(event.get("id").asLong()).isEqualTo(EVENTS + 1);
    assertThat(event.get("type").asText()).isEqualTo("order paid & done");
    assertThat(event.get("payload").asText()).isEmpty();
    assertThat(event.get("event_key").asText()).isEqualTo("k");
    assertThat(event.has("traceparent")).isFalse();
    assertThat(event.get("received_time").asText())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
  }

  @Test
  void the_list_is_followed_by_link_and_no_event_is_missed_or_seen_twice() {
    List<String> seen = new ArrayList<>();
    HttpResponse<String> page = api.get("/events/?limit=7&type=order.created");
    while (!ids(page).isEmpty()) {
      assertThat(ids(page)).hasSizeLessThanOrEqualTo(7);
      seen.addAll(ids(page));
      assertThat(next(page)).startsWith("/event?").contains("type=order.created", "limit=7");
      page = api.get(next(page));
    }

    assertThat(seen).isEqualTo(IntStream.range(0, EVENTS).mapToObj(i -> "e-" + i).toList());
  }

  @Test
  void the_newest_come_first_on_request_and_the_list_ends() {
    HttpResponse<String> page = api.get("/event?type=order.created&order=desc&limit=20");
    assertThat(ids(page)).hasSize(20).startsWith("e-24", "e-23");

    HttpResponse<String> last = api.get(next(page));
    assertThat(ids(last)).hasSize(5).endsWith("e-0");
    assertThat(last.headers().firstValue("Link")).isEmpty();
  }

  @Test
  void filters_are_kept_encoded_in_link() {
    String type = URLEncoder.encode("order paid & done", StandardCharsets.UTF_8);
    HttpResponse<String> page = api.get("/event?type=" + type + "&type=other");

    assertThat(ids(page)).containsExactly("paid");
    assertThat(URI.create(next(page)).getQuery()).contains("type=order+paid+&+done&type=other");
    assertThat(ids(api.get(next(page)))).isEmpty();
  }

  @Test
  void a_semicolon_is_part_of_its_parameter() {
    api.post("{\"event_type\":\"a;b\",\"event_payload\":\"\",\"event_id\":\"semicolon\"}");

    assertThat(ids(api.get("/event?type=a;b"))).containsExactly("semicolon");
    assertThat(ids(api.get("/event?type=a%3Bb"))).containsExactly("semicolon");
  }

  @Test
  void since_is_inclusive_and_until_is_not() {
    String time = json(api.get("/event/paid")).get("received_time").asText();

    assertThat(ids(api.get("/event?since=" + time))).contains("paid");
    assertThat(ids(api.get("/event?until=" + time))).doesNotContain("paid").contains("e-0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=1001",
        "limit=-1",
        "limit=x",
        "limit=1&limit=2",
        "order=up",
        "since=yesterday",
        "until=",
        "type=",
        "cursor=x",
        "colour=red",
      })
  void a_bad_parameter_is_400_and_named(String query) {
    HttpResponse<String> response = api.get("/event?" + query);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response).get("type").asText())
        .isEqualTo("urn:message-relay:problem:invalid-parameter");
    assertThat(json(response).get("detail").asText())
        .startsWith(query.substring(0, query.indexOf('=')) + ' ');
  }

  @Test
  void an_altered_cursor_is_400() {
    String next = next(api.get("/event?limit=1"));
    String cursor = next.replaceFirst(".*cursor=([^&]*).*", "$1");
    char other = cursor.charAt(5) == 'A' ? 'B' : 'A';
    String altered = cursor.substring(0, 5) + other + cursor.substring(6);

    assertThat(api.get(next.replace(cursor, altered)).statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a/b", "a b", "a+b", "a;b", "a%b", "a?b", "a#b", "ä€😀", "%2F", "a=b&c", "\"", "..."
      })
  void any_id_is_reached_percent_encoded(String id) {
    var written =
        api.post(
            "{\"event_type\":\"odd\",\"event_payload\":\"\",\"event_id\":\"%s\"}"
                .formatted(id.replace("\"", "\\\"")));

    HttpResponse<String> read = api.get(header(written, "Location"));

    assertThat(json(read).get("event_id").asText()).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/event/none",
        "/event/%FF",
        "/event/a/b",
        "/event//",
        "/event////",
        "/nowhere",
        "/q/health"
      })
  void what_is_not_there_is_a_404_problem(String path) {
    HttpResponse<String> response = api.get(path);

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(json(response).get("type").asText())
        .isEqualTo("urn:message-relay:problem:not-found");
  }

  @Test
  void head_is_get_without_the_body() {
    var head = api.send(api.request("/event?limit=1").method("HEAD", BodyPublishers.noBody()));

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(header(head, "Link")).isEqualTo(header(api.get("/event?limit=1"), "Link"));
  }

  @Test
  void reading_needs_its_scope_and_a_type_that_there_is() {
    var writer =
        consumer
            .request("/event")
            .header("Authorization", "Bearer " + consumer.token("events:write"));
    assertThat(consumer.send(writer).statusCode()).isEqualTo(403);

    var html = api.request("/event").header("Accept", "text/html");
    assertThat(api.send(html).statusCode()).isEqualTo(406);
  }
}
