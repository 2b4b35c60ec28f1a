package io.messagerelay.consumer.http;

import static io.messagerelay.consumer.http.Api.event;
import static io.messagerelay.consumer.http.Api.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.consumer.app.RunningConsumer;
import io.messagerelay.consumer.query.Cursor;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code GET /event} with {@code Accept: text/event-stream} of the packaged service. */
class LiveTailIT {
  private static final String SSE = "text/event-stream";
  private static final Duration TOKEN_LIFE = Duration.ofSeconds(15);

  @TempDir private static Path folder;
  private static RunningConsumer consumer;

  @SuppressWarnings("NullAway.Init") // before each
  private Api api;

  @BeforeAll
  static void start() {
    consumer =
        RunningConsumer.start(
            folder, Map.of("ACCESS_TOKEN_EXPIRE_MINUTES", "0.25", "STREAM_HEARTBEAT", "0.3"));
  }

  @AfterAll
  static void stop() {
    consumer.close();
  }

  /** Tokens are short-lived here. */
  @BeforeEach
  void logIn() {
    api = new Api(consumer);
  }

  private SseClient follow(String query, String... headers) throws Exception {
    return new SseClient(consumer, api.token(), query, headers);
  }

  private static List<String> ids(SseClient reader, int count) throws Exception {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(SseClient.data(reader.event()).replaceFirst(".*\"event_id\":\"([^\"]*)\".*", "$1"));
    }
    return ids;
  }

  @Test
  void an_event_comes_as_documented_and_is_the_object_of_the_list() throws Exception {
    try (SseClient reader = follow("")) {
      assertThat(reader.head())
          .startsWith("HTTP/1.1 200 OK")
          .anyMatch(line -> line.equalsIgnoreCase("content-type: " + SSE))
          .anyMatch(line -> line.equalsIgnoreCase("transfer-encoding: chunked"));
      List<String> greeting = reader.frame();
      assertThat(greeting.getFirst()).isEqualTo("retry: 1000");
      assertThat(Cursor.of(SseClient.id(greeting))).isPresent();

      api.post(event("first", "p"));

      List<String> frame = reader.event();
      assertThat(frame).hasSize(3).element(1).isEqualTo("event: event");
      assertThat(SseClient.data(frame)).isEqualTo(api.get("/event/first").body());
      assertThat(SseClient.id(frame)).isNotEqualTo(SseClient.id(greeting));
    }
  }

  @Test
  void who_comes_back_with_its_last_id_goes_on_where_it_was() throws Exception {
    String last;
    try (SseClient reader = follow("?from=now")) {
      reader.head();
      last = SseClient.id(reader.frame());
    }
    api.postLines(
        String.join("\n", IntStream.range(0, 50).mapToObj(i -> event("b-" + i, "p")).toList()));
    List<String> seen = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      try (SseClient reader = follow("?from=start", "Last-Event-ID: " + last)) {
        for (int j = 0; j < 10; j++) {
          List<String> frame = reader.event();
          seen.add(json(SseClient.data(frame)).get("event_id").asText());
          last = SseClient.id(frame);
        }
      }
    }

    assertThat(seen).isEqualTo(IntStream.range(0, 50).mapToObj(i -> "b-" + i).toList());
  }

  @Test
  void an_id_is_the_lists_cursor_and_the_other_way_round() throws Exception {
    api.postLines(event("c-1", "p") + '\n' + event("c-2", "p") + '\n' + event("c-3", "p"));
    String list = api.get("/event?limit=1&since=" + time("c-1")).headers().map().toString();
    Matcher cursor = Pattern.compile("cursor=([\\w-]+)").matcher(list);
    assertThat(cursor.find()).isTrue();

    try (SseClient reader = follow("?cursor=" + cursor.group(1))) {
      List<String> frame = reader.event();
      assertThat(json(SseClient.data(frame)).get("event_id").asText()).isEqualTo("c-2");
      HttpResponse<String> page = api.get("/event?limit=1&cursor=" + SseClient.id(frame));
      assertThat(json(page).findValuesAsText("event_id")).containsExactly("c-3");
    }
  }

  private String time(String id) {
    return json(api.get("/event/" + id)).get("received_time").asText();
  }

  @Test
  void filters_are_those_of_the_list_before_now_and_after() throws Exception {
    api.post(event("d-1", "p").replace("order.created", "d"));
    api.post(event("other-1", "p"));
    try (SseClient reader = follow("?from=start&type=d")) {
      assertThat(ids(reader, 1)).containsExactly("d-1");
      api.post(event("other-2", "p"));
      api.post(event("d-2", "p").replace("order.created", "d"));

      assertThat(ids(reader, 1)).containsExactly("d-2");
    }
    try (SseClient reader = follow("?type=d&since=" + time("d-2"))) {
      assertThat(ids(reader, 1)).containsExactly("d-2");
    }
  }

  @Test
  void who_is_left_out_of_everything_hears_a_heartbeat_and_how_far_it_is() throws Exception {
    try (SseClient reader = follow("?type=none")) {
      reader.head();
      String start = SseClient.id(reader.frame());
      assertThat(reader.frame()).containsExactly(":");
      api.post(event("passed-by", "p"));

      List<String> frame = reader.frame();
      while (frame.equals(List.of(":"))) {
        frame = reader.frame();
      }
      assertThat(frame).hasSize(1);
      assertThat(SseClient.id(frame)).isNotEqualTo(start);
    }
  }

  @Test
  void an_id_of_another_store_is_400_and_named() {
    String foreign = new Cursor("0".repeat(32), 1, true).text();
    for (String name : List.of("Last-Event-ID", "cursor")) {
      HttpResponse<String> refused =
          name.equals("cursor")
              ? api.send(api.request("/event?cursor=" + foreign).header("Accept", SSE))
              : api.send(api.request("/event").header("Accept", SSE).header(name, foreign));

      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(json(refused).get("detail").asText()).isEqualTo(name + " is one of another store");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"limit=1", "until=2026-01-01T00:00:00Z", "order=desc", "from=x", "a=b", "type="})
  void what_no_stream_can_do_is_400(String query) {
    HttpResponse<String> refused = api.send(api.request("/event?" + query).header("Accept", SSE));

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(json(refused).get("detail").asText())
        .startsWith(query.substring(0, query.indexOf('=')) + ' ');
  }

  @Test
  void a_place_is_given_once() {
    String cursor = new Cursor("0".repeat(32), 1, true).text();
    HttpResponse<String> refused =
        api.send(api.request("/event?from=start&cursor=" + cursor).header("Accept", SSE));

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("from goes without cursor");
  }

  @Test
  void a_stream_ends_in_order_when_its_token_does() throws Exception {
    long begin = System.nanoTime();
    try (SseClient reader = follow("?type=none")) {
      List<String> frame = reader.frame();
      while (!frame.isEmpty()) {
        frame = reader.frame();
      }
      assertThat(Duration.ofNanos(System.nanoTime() - begin))
          .isBetween(TOKEN_LIFE.minusSeconds(6), TOKEN_LIFE.plusSeconds(6));
    }
  }

  @Test
  void streams_end_in_order_when_the_service_stops(@TempDir Path other) throws Exception {
    try (var stopping = RunningConsumer.start(other, Map.of());
        SseClient reader = new SseClient(stopping, stopping.token("events:read"), "")) {
      reader.head();
      reader.frame();
      stopping.askToStop();

      assertThat(reader.frame()).isEmpty();
      assertThat(stopping.stop()).isZero();
    }
  }
}
