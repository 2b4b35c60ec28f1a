package io.messagerelay.consumer.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Headers that are too many, too long, doubled, missing, or none. */
class HostileHeadersIT {
  /** Those that every request here has. */
  private static final int OTHERS = 2;

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

  private static Arguments get(String name, String... fields) {
    return Arguments.of(name, client.head("GET", "/event", fields));
  }

  private static String fields(int count) {
    return IntStream.range(0, count)
        .mapToObj("X-%d: y"::formatted)
        .collect(Collectors.joining("\r\n"));
  }

  @ParameterizedTest(name = "headers: {0}")
  @MethodSource("tooMuch")
  void too_many_or_too_long_headers_are_431_and_the_connection_ends(String name, String request) {
    client.isRefusedAndCutOff(request, 431);
  }

  static Stream<Arguments> tooMuch() {
    return Stream.of(
        get("201 fields", fields(201 - OTHERS)),
        get("201 fields of one name", String.join("\r\n", "X: y\r\n".repeat(198).strip(), "X: y")),
        get("1,000 empty fields", fields(1_000).replace(": y", ":")),
        get("a field of 64 KiB", "X: " + "y".repeat(65_536)),
        get("a name of 64 KiB", "X".repeat(65_536) + ": y"),
        get("a cookie of 20 KB", "Cookie: " + "a=b; ".repeat(4_000)));
  }

  @Test
  void as_many_headers_as_are_allowed_are_read() {
    client.isAnswered(client.head("GET", "/event", fields(RequestHead.MOST_FIELDS - OTHERS)), 200);
  }

  @ParameterizedTest(name = "headers: {0}")
  @MethodSource("bad")
  void a_header_that_is_none_is_400_and_the_connection_ends(String name, String request) {
    client.isRefusedAndCutOff(request, 400);
  }

  static Stream<Arguments> bad() {
    return Stream.of(
        get("no name", ": y"),
        get("a colon alone", ":"),
        get("a name with a blank in it", "X Y: z"),
        get("a name with a tab behind it", "X\t: z"),
        get("a name with a bracket", "X(1): z"),
        get("a name that is not ASCII", "X\u00c3\u00a9: z"),
        get("a name with U+0000", "X\u0000: z"),
        get("a value with U+0000", "X: a\u0000b"),
        get("a value with U+0001", "X: a\u0001b"),
        get("a value with DEL", "X: a\u007fb"),
        get("Host twice", "Host: localhost"),
        get("another Host", "host: other"));
  }

  @ParameterizedTest(name = "headers: Host: {0}")
  @CsvSource({
    "a list, 'a, b'",
    "a blank, a b",
    "a path, x/y",
    "a user, u@x",
    "a port of letters, x:abc",
    "a port that is none, x:99999999",
    "a negative port, x:-1",
    "half an address, [::1",
    "no address, []",
    "a percent, %zz",
    "not ASCII, é",
    "markup, <script>",
  })
  void a_host_that_is_none_is_400(String name, String host) {
    String request = client.head("GET", "/event", "Connection: close").replace("localhost", host);

    RawAnswers answers = client.send(request);

    assertThat(answers.statuses()).containsExactly(400);
    assertThat(answers.kind()).isEqualTo("invalid-request");
    assertThat(answers.body()).doesNotContain("script");
    client.bearsIt();
  }

  @Test
  void no_host_is_400_also_beside_a_whole_address_but_not_in_http_1_0() {
    String without =
        client.head("GET", "/event", "Connection: close").replace("Host: localhost\r\n", "");

    assertThat(client.send(without).statuses()).containsExactly(400);
    assertThat(client.send(without.replace(" /", " http://x/")).statuses()).containsExactly(400);
    assertThat(client.send(without.replace("HTTP/1.1", "HTTP/1.0")).statuses())
        .containsExactly(200);
    client.bearsIt();
  }

  @ParameterizedTest(name = "headers: {0}")
  @MethodSource("harmless")
  void a_header_that_is_not_for_us_changes_nothing(String name, String request) {
    RawAnswers answers = client.isAnswered(request, 200);

    assertThat(answers.body()).startsWith("[]");
    assertThat(answers.headers()).doesNotContainKey("set-cookie").doesNotContainKey("location");
  }

  static Stream<Arguments> harmless() {
    return Stream.of(
        get("a value that is not ASCII", "X: \u00c3\u00a9\u00ff"),
        get("another method", "X-HTTP-Method-Override: DELETE"),
        get("another place", "X-Forwarded-Host: evil", "Forwarded: host=evil;proto=https"),
        get("another address", "X-Original-URL: /metrics", "X-Rewrite-URL: /metrics"),
        get("another origin", "Origin: http://evil", "Referer: http://evil/"),
        get("cookies that are none", "Cookie: ;;=\u00ff"),
        get("a range", "Range: bytes=0-0"),
        get("conditions that are none", "If-None-Match: \"", "If-Modified-Since: yesterday"),
        get("encodings that are none", "Accept-Encoding: ;q=;;, gzip;q=x"),
        get("a trace that is none", "traceparent: nonsense", "baggage: =,=,="),
        get("options that name other headers", "Connection: authorization, host"),
        get("another protocol", "Connection: Upgrade", "Upgrade: websocket"),
        get(
            "HTTP/2 instead",
            "Connection: Upgrade, HTTP2-Settings",
            "Upgrade: h2c",
            "HTTP2-Settings: AAMAAABkAAQAAP__"));
  }

  @ParameterizedTest(name = "headers: Accept: {0}")
  @CsvSource({"';;;==='", "*/*;q=NaN", "*/*;q=-1", "*/*;q=", "text/html", "*/*;q=0"})
  void an_accept_that_fits_nothing_is_406_as_a_problem(String accept) {
    assertThat(client.isAnswered(client.head("GET", "/event", "Accept: " + accept), 406).kind())
        .isEqualTo("not-acceptable");
  }
}
