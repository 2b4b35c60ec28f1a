package io.messagerelay.consumer.http;

import static io.messagerelay.consumer.http.HostileClient.EVENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that do not say, or say twice, where they end (RFC 9112 §6, §7 and §11.2). */
class HostileFramingIT {
  private static final int LENGTH = EVENT.length();
  private static final String SIZE = Integer.toHexString(LENGTH);
  private static final String CHUNKED = "Transfer-Encoding: chunked";
  private static final String EXACT = "Content-Length: " + LENGTH;
  private static final String CHUNKS = SIZE + "\r\n" + EVENT + "\r\n0\r\n\r\n";

  @TempDir private static Path folder;
  private static HostileClient client;

  @BeforeAll
  static void start() {
    client = HostileClient.ofConsumer(folder, Map.of("REQUEST_TIMEOUT", "1"));
  }

  @AfterAll
  static void stop() {
    client.close();
  }

  private static Arguments plain(String name, String... fields) {
    return Arguments.of(name, client.post(EVENT, fields));
  }

  private static Arguments chunked(String name, String... fields) {
    return Arguments.of(name, client.post(CHUNKS, fields));
  }

  private static Arguments chunks(String name, String body) {
    return Arguments.of(name, client.post(body, CHUNKED));
  }

  @ParameterizedTest(name = "framing: {0}")
  @MethodSource("ambiguous")
  void a_length_that_can_be_read_two_ways_is_400_and_the_connection_ends(
      String name, String request) {
    client.isRefusedAndCutOff(request, 400);
  }

  static Stream<Arguments> ambiguous() {
    return Stream.concat(
        Stream.of(
            chunked("chunked, then a length", CHUNKED, EXACT),
            chunked("a length, then chunked", EXACT, CHUNKED),
            chunked("chunked and a length of 0", CHUNKED, "Content-Length: 0"),
            plain("two lengths", EXACT, "Content-Length: 5"),
            plain("the same length twice", EXACT, EXACT),
            plain("a list of the same length", EXACT + ", " + LENGTH),
            plain("a list of two lengths", EXACT + ", 5"),
            plain("a length with a plus", "Content-Length: +" + LENGTH),
            plain("a negative length", "Content-Length: -" + LENGTH),
            plain("minus zero", "Content-Length: -0"),
            plain("a hexadecimal length", "Content-Length: 0x" + SIZE),
            plain("a length with a blank in it", "Content-Length: 4 6"),
            plain("a length with an underscore", "Content-Length: 4_6"),
            plain("a length with a point", EXACT + ".0"),
            plain("a length with an exponent", "Content-Length: 4e1"),
            plain("a length in quotes", "Content-Length: \"" + LENGTH + '"'),
            plain("a length and a semicolon", EXACT + ";"),
            plain("an empty length", "Content-Length: "),
            plain("a length of 2^63", "Content-Length: 9223372036854775808"),
            plain("a length that is right modulo 2^64", "Content-Length: 18446744073709551662"),
            plain("a length in other digits", "Content-Length: \u00d9\u00a4\u00d9\u00a6"),
            plain("a blank before the colon of a length", "Content-Length : " + LENGTH)),
        codings());
  }

  private static Stream<Arguments> codings() {
    return Stream.of(
        chunked("a blank before the colon of a coding", "Transfer-Encoding : chunked"),
        chunked("gzip", "Transfer-Encoding: gzip"),
        chunked("gzip, then chunked", "Transfer-Encoding: gzip, chunked"),
        chunked("chunked, then gzip", "Transfer-Encoding: chunked, gzip"),
        chunked("chunked twice", "Transfer-Encoding: chunked, chunked"),
        chunked("chunked twice, in two lines", CHUNKED, CHUNKED),
        chunked("chunked in a second line", "Transfer-Encoding: x", CHUNKED),
        chunked("xchunked", "Transfer-Encoding: xchunked"),
        chunked("chunked in quotes", "Transfer-Encoding: \"chunked\""),
        chunked("chunked with a parameter", "Transfer-Encoding: chunked;q=1"),
        chunked("chunked behind a vertical tab", "Transfer-Encoding: \u000bchunked"),
        chunked("chunked on a folded line", "Transfer-Encoding:\r\n chunked"),
        chunked("an empty coding", "Transfer-Encoding: "),
        plain("identity and a length", "Transfer-Encoding: identity", EXACT),
        Arguments.of("chunked in HTTP/1.0", asOf10(client.post(CHUNKS, CHUNKED))));
  }

  private static String asOf10(String request) {
    return request.replaceFirst("HTTP/1.1", "HTTP/1.0");
  }

  @ParameterizedTest(name = "framing: {0}")
  @MethodSource("lines")
  void a_line_that_is_none_is_400_and_the_connection_ends(String name, String request) {
    client.isRefusedAndCutOff(request, 400);
  }

  static Stream<Arguments> lines() {
    String good = client.post(EVENT, EXACT);
    return Stream.of(
        Arguments.of("line feeds alone", good.replace("\r\n", "\n")),
        plain("a line feed alone behind one header", EXACT + "\nX: y"),
        plain("a carriage return in a value", EXACT, "X: a\rb"),
        plain("a header without a colon", EXACT, "nonsense"),
        Arguments.of("a folded line before any header", good.replaceFirst("\r\n", "\r\n X: y\r\n")),
        Arguments.of("HTTP/0.9", "GET /ready\r\n\r\n"),
        Arguments.of("HTTP/1.2", good.replaceFirst("HTTP/1.1", "HTTP/1.2")),
        Arguments.of("HTTP/2.0", good.replaceFirst("HTTP/1.1", "HTTP/2.0")),
        Arguments.of("HTTP/9.9", good.replaceFirst("HTTP/1.1", "HTTP/9.9")),
        Arguments.of("HTTP/1.1x", good.replaceFirst("HTTP/1.1", "HTTP/1.1x")),
        Arguments.of("HTTP/11", good.replaceFirst("HTTP/1.1", "HTTP/11")),
        Arguments.of("http/1.1", good.replaceFirst("HTTP/1.1", "http/1.1")),
        Arguments.of("the beginning of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        Arguments.of("a method alone", "GET\r\n\r\n"));
  }

  /** Where the body is broken the server says nothing more. */
  @ParameterizedTest(name = "framing: {0}")
  @MethodSource("brokenChunks")
  void a_chunk_that_is_none_ends_the_connection(String name, String request) {
    RawAnswers answers = client.send(request + client.head("GET", "/ready"));

    assertThat(answers.statuses()).isIn(List.of(), List.of(400));
    client.bearsIt();
  }

  static Stream<Arguments> brokenChunks() {
    String rest = "\r\n" + EVENT + "\r\n0\r\n\r\n";
    String oneShort = Integer.toHexString(LENGTH - 1);
    String oneMore = Integer.toHexString(LENGTH + 1);
    String end = SIZE + "\r\n" + EVENT + "\r\n0\r\n";
    String trailers =
        IntStream.range(0, 2_000).mapToObj("X-%d: y\r\n"::formatted).collect(Collectors.joining());
    return Stream.of(
        chunks("a negative size", "-" + SIZE + rest),
        chunks("a size with a plus", "+" + SIZE + rest),
        chunks("a size with 0x", "0x" + SIZE + rest),
        chunks("a size of other letters", "g" + rest),
        chunks("no size", rest),
        chunks("a size with a blank in it", "2 e" + rest),
        chunks("a size of 2^32 - 1", "ffffffff" + rest),
        chunks("a size that is right modulo 2^32", "1000000" + SIZE + rest),
        chunks("a size that is right modulo 2^64", "100000000000000" + SIZE + rest),
        chunks("a size with a line feed alone", SIZE + rest.replaceFirst("\r\n", "\n")),
        chunks("data with a line feed alone", CHUNKS.replace("}\r\n", "}\n")),
        chunks("data with no end of line", CHUNKS.replace("}\r\n", "}")),
        chunks("data longer than its size", oneShort + rest),
        chunks("data shorter than its size", oneMore + rest),
        chunks("an extension of 64 KiB", SIZE + ";x=" + "y".repeat(65_536) + rest),
        chunks("an extension with a carriage return", SIZE + ";x\ry" + rest),
        chunks("an extension with a line feed alone", SIZE + ";x\n" + rest.substring(2)),
        chunks("a trailer of 64 KiB", end + "X: " + "y".repeat(65_536) + "\r\n\r\n"),
        chunks("2,000 trailers", end + trailers + "\r\n"),
        chunks("a trailer without a colon", end + "nonsense\r\n\r\n"));
  }

  @Test
  void a_chunked_body_that_breaks_off_stores_nothing() {
    String request = client.post(SIZE + "\r\n" + EVENT + "\r\n", CHUNKED);

    RawAnswers answers = client.send(request.getBytes(StandardCharsets.ISO_8859_1), true);

    assertThat(answers.statuses()).isEmpty();
    client.bearsIt();
  }

  /** The answer tells that the body was read to its end, and the next one that no more was. */
  @ParameterizedTest(name = "framing: {0}")
  @MethodSource("unusual")
  void what_is_unusual_but_can_be_read_one_way_is_read(String name, String request) {
    assertThat(client.isAnswered(request, 400).problem().get("errors").findValuesAsText("detail"))
        .containsExactly("is missing; it must be a string", "is missing; it must be a string");
  }

  static Stream<Arguments> unusual() {
    String chunks = "2\r\n{}\r\n0\r\n\r\n";
    String length = "Content-Length: 2";
    return Stream.of(
        Arguments.of("zeros before a length", client.post("{}", "Content-Length: 0002")),
        Arguments.of("a tab before a length", client.post("{}", "Content-Length:\t2")),
        Arguments.of("no blank before a length", client.post("{}", "Content-Length:2")),
        Arguments.of("a folded value (§5.2)", client.post("{}", length, "X: a\r\n b")),
        Arguments.of("empty lines first (§2.2)", "\r\n\r\n" + client.post("{}", length)),
        Arguments.of("CHUNKED", client.post(chunks, CHUNKED.toUpperCase(Locale.ROOT))),
        chunks("an extension", chunks.replace("2\r", "2;a=b;c=\"d\"\r")),
        chunks("a last chunk of 000", chunks.replace("\n0", "\n000")),
        chunks(
            "trailers", chunks.replace("0\r\n", "0\r\nX: y\r\nContent-Length: 9\r\nHost: z\r\n")),
        chunks("each byte a chunk", "1\r\n{\r\n1\r\n}\r\n0\r\n\r\n"));
  }

  @ParameterizedTest(name = "framing: {0}")
  @MethodSource("expectations")
  void an_expectation_that_nobody_can_meet_is_417_and_the_connection_ends(
      String name, String request) {
    assertThat(client.isRefusedAndCutOff(request, 417).kind()).isEqualTo("expectation-failed");
  }

  static Stream<Arguments> expectations() {
    return Stream.of(
        plain("Expect: other", EXACT, "Expect: other"),
        plain("Expect: two", EXACT, "Expect: 100-continue, other"),
        plain("Expect: in two lines", EXACT, "Expect: 100-continue", "Expect: other"),
        Arguments.of("Expect: of a GET", client.head("GET", "/event", "Expect: other")));
  }

  @Test
  void continue_is_not_said_to_a_client_of_http_1_0() {
    String request = client.post("{}", "Content-Length: 2", "Expect: 100-continue");

    assertThat(client.send(asOf10(request)).statuses()).containsExactly(400);
    assertThat(client.send(request.replace("Expect", "Connection: close\r\nExpect")).statuses())
        .containsExactly(100, 400);
  }

  @ParameterizedTest(name = "framing: {0}")
  @MethodSource("noHttp")
  void what_is_no_http_ends_the_connection(String name, byte[] bytes) {
    assertThat(client.send(bytes, true).statuses()).isSubsetOf(400, 414);
    client.bearsIt();
  }

  static Stream<Arguments> noHttp() {
    byte[] tls = new byte[300];
    System.arraycopy(new byte[] {0x16, 3, 1, 1, 0x26, 1, 0, 1, 0x22, 3, 3}, 0, tls, 0, 11);
    return Stream.of(
        Arguments.of("nothing", new byte[0]),
        Arguments.of("the beginning of TLS", tls),
        Arguments.of("zeros", new byte[20_000]),
        Arguments.of("blanks", " ".repeat(20_000).getBytes(StandardCharsets.US_ASCII)),
        Arguments.of("empty lines", "\r\n".repeat(10_000).getBytes(StandardCharsets.US_ASCII)),
        Arguments.of(
            "half a head",
            "POST /event HTTP/1.1\r\nHost: x\r\n".getBytes(StandardCharsets.US_ASCII)),
        Arguments.of(
            "carriage returns alone",
            client.post(EVENT, EXACT).replace("\r\n", "\r").getBytes(StandardCharsets.US_ASCII)));
  }
}
