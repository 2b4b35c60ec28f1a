package io.messagerelay.consumer.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.messagerelay.consumer.query.Cursor;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Parameters of the lists and counts that are none. More of them are in {@code ListEventsIT},
 * {@code FilterEventsIT}, {@code RefusalsIT}, {@code StatsIT} and {@code LiveTailIT}, all of them
 * in the tests of the queries.
 */
class HostileParametersIT {
  private static final List<String> NO_NUMBERS =
      List.of(
          "0",
          "-1",
          "1001",
          "9223372036854775808",
          "-9223372036854775809",
          "1e3",
          "1.0",
          "0x10",
          "+1",
          "%2B1",
          "%201",
          "%00",
          "%D9%A3",
          "text",
          "null",
          "[]",
          "[1]",
          "1,2",
          "");

  private static final List<String> NO_TIMES =
      List.of(
          "0",
          "-1",
          "1796029200",
          "9223372036854775808",
          "now",
          "[]",
          "2026-01-01",
          "2026-01-01T00:00:00",
          "2026-13-01T00:00:00Z",
          "2026-01-01T00:00:00+01:00",
          "%00");

  private static final String FOREIGN = new Cursor("0".repeat(32), 1, true).text();

  private static final List<String> NO_CURSORS =
      List.of(
          "",
          "0",
          "-1",
          "9223372036854775808",
          "[]",
          "%00",
          "A".repeat(48),
          "A".repeat(5_000),
          FOREIGN,
          FOREIGN.substring(1),
          FOREIGN + "=",
          FOREIGN.toLowerCase(Locale.ROOT));

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

  private static Stream<Arguments> of(String path, String name, List<String> values) {
    return values.stream().map(value -> Arguments.of(path, name, name + '=' + value));
  }

  private static Stream<Arguments> given(String path, String... queries) {
    return Stream.of(queries)
        .map(query -> Arguments.of(path, query.replaceFirst("[=&].*", ""), query));
  }

  static Stream<Arguments> parameters() {
    return Stream.of(
            of("/event", "limit", NO_NUMBERS),
            of("/refusal", "limit", NO_NUMBERS),
            of("/event", "since", NO_TIMES),
            of("/event", "until", NO_TIMES),
            of("/stats", "since", NO_TIMES),
            of("/stats", "until", NO_TIMES),
            of("/event", "cursor", NO_CURSORS),
            of("/refusal", "cursor", NO_CURSORS),
            events(),
            others())
        .flatMap(cases -> cases);
  }

  private static Stream<Arguments> events() {
    String long256 = "%F0%9F%98%80".repeat(256);
    return given(
        "/event",
        "limit",
        "limit[]=1",
        "limit[0]=1",
        "Limit=1",
        "limit=1;limit=2",
        "limit=1%26limit=2",
        "order=",
        "order=DESC",
        "order=asc,desc",
        "order=asc&order=asc",
        "since=-1d",
        "since=1h&since=1h",
        "since=99999999999999999999d",
        "until=0s&until=0s",
        "type=" + long256,
        "type=a&type=",
        "type=a" + "&type=a".repeat(20),
        "key=" + long256,
        "key[]=a",
        "q=" + long256,
        "payload=null",
        "payload=[]",
        "payload=%7B%7Dx",
        "payload=%7B%22a%22:NaN%7D",
        "payload=%7B%22a%22:" + "[".repeat(1_000),
        "payload=%7B%22a%22:" + "9".repeat(5_000) + "%7D",
        "payload=%7B%7D&payload=%7B%7D",
        "cursor=" + FOREIGN + "&cursor=" + FOREIGN,
        "from=start",
        "event_id=x",
        "offset=1",
        "access_token=x");
  }

  private static Stream<Arguments> others() {
    return Stream.concat(
        given("/refusal", "limit", "limit[]=1", "since=1h", "order=desc", "cursor=x&cursor=x"),
        given(
            "/stats",
            "since=1h",
            "since[]=x",
            "type=" + "x".repeat(256),
            "type=a" + "&type=a".repeat(20),
            "cursor=x",
            "key=a",
            "since=2026-01-01T00:00:00Z&since=2026-01-01T00:00:00Z"));
  }

  @ParameterizedTest(name = "parameters: {0}?{2}")
  @MethodSource("parameters")
  void a_parameter_that_is_none_is_400_and_named(String path, String name, String query) {
    RawAnswers answers = client.isAnswered(client.head("GET", path + '?' + query), 400);

    assertThat(answers.kind()).isEqualTo("invalid-parameter");
    assertThat(answers.problem().get("detail").asText()).startsWith(name + ' ');
    assertThat(answers.problem().get("errors").findValuesAsText("detail"))
        .isNotEmpty()
        .allMatch(detail -> detail.startsWith(name + ' '));
  }

  static Stream<Arguments> streams() {
    return Stream.of(
            of("text/event-stream", "cursor", NO_CURSORS),
            of("application/x-ndjson", "cursor", NO_CURSORS),
            of("text/event-stream", "since", NO_TIMES),
            given("text/event-stream", "from=", "from=now&from=now", "from[]=now", "key=", "q="),
            given("application/x-ndjson", "order=up", "type=", "until=x", "payload=1", "from=now"))
        .flatMap(cases -> cases);
  }

  @ParameterizedTest(name = "parameters: a stream of {0}, {2}")
  @MethodSource("streams")
  void a_parameter_of_a_stream_that_is_none_is_400_and_named(
      String type, String name, String query) {
    RawAnswers answers =
        client.isAnswered(client.head("GET", "/event?" + query, "Accept: " + type), 400);

    assertThat(answers.kind()).isEqualTo("invalid-parameter");
    assertThat(answers.problem().get("detail").asText()).startsWith(name + ' ');
  }

  @Test
  void a_last_event_id_that_is_no_cursor_is_400_and_named() {
    for (String id : List.of("0", "-1", "text", FOREIGN, FOREIGN.substring(1))) {
      String request =
          client.head("GET", "/event", "Accept: text/event-stream", "Last-Event-ID: " + id);
      assertThat(client.isAnswered(request, 400).problem().get("detail").asText())
          .startsWith("Last-Event-ID ");
    }
  }

  @Test
  void a_cursor_that_was_changed_anywhere_or_is_of_the_other_direction_is_400() {
    client.isAnswered(client.posting("application/x-ndjson", "1\n2"), 400);
    String get = client.head("GET", "/refusal?limit=1", "Connection: close");
    await().until(() -> client.send(get).headers().containsKey("link"));
    String cursor =
        client
            .send(get)
            .headers()
            .getOrDefault("link", "")
            .replaceFirst(".*cursor=([^>]*)>.*", "$1");

    assertThat(cursor).hasSize(48);
    client.isAnswered(client.head("GET", "/refusal?cursor=" + cursor), 200);
    for (int i = 0; i < cursor.length(); i++) {
      char other = cursor.charAt(i) == 'A' ? 'B' : 'A';
      String altered = cursor.substring(0, i) + other + cursor.substring(i + 1);
      isRefused("/refusal?cursor=" + altered);
    }
    isRefused("/event?cursor=" + cursor);
  }

  private static void isRefused(String target) {
    assertThat(client.isAnswered(client.head("GET", target), 400).problem().get("detail").asText())
        .startsWith("cursor ");
  }

  /** What no filter finds is an empty list and not a fault. */
  @ParameterizedTest(name = "parameters: {1}")
  @MethodSource("strange")
  void a_filter_that_is_strange_but_one_finds_nothing(String path, String name, String query) {
    assertThat(client.isAnswered(client.head("GET", "/event?" + query), 200).body())
        .startsWith("[]");
  }

  static Stream<Arguments> strange() {
    return given(
        "/event",
        "type=%25&type=_&type=**",
        "type=%00",
        "type=%ff",
        "key='%20OR%20'1'='1",
        "q=%25",
        "q=%00",
        "q=%5C",
        "payload=%7B%22a%22:1e999999999%7D",
        "payload=%7B%22a%22:%22%5Cud800%22%7D",
        "since=9999-12-31T23:59:60Z",
        "until=0000-01-01T00:00:00Z",
        "since=2026-02-01T00:00:00Z&until=2026-01-01T00:00:00Z");
  }
}
