package io.messagerelay.propagator.delivery;

import static io.messagerelay.propagator.auth.FaultServer.endless;
import static io.messagerelay.propagator.auth.FaultServer.head;
import static io.messagerelay.propagator.auth.FaultServer.raw;
import static io.messagerelay.propagator.auth.FaultServer.reply;
import static io.messagerelay.propagator.auth.FaultServer.reset;
import static io.messagerelay.propagator.delivery.Events.events;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.messagerelay.propagator.auth.Endpoint;
import io.messagerelay.propagator.auth.Exchange;
import io.messagerelay.propagator.auth.FaultServer;
import io.messagerelay.propagator.auth.FaultServer.Answer;
import io.messagerelay.propagator.auth.TokenAnswer.Token;
import io.messagerelay.propagator.delivery.Delivery.Answered;
import io.messagerelay.propagator.delivery.Delivery.Away;
import io.messagerelay.propagator.delivery.Delivery.Deferred;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands between us and the consumer may answer anything; none of it is a delivery. */
@Timeout(60)
class LyingConsumerTest {
  private static final String STORED = "{\"status\":\"success\",\"event_id\":\"id-1\",\"id\":7}";
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration LITTLE_PATIENCE = Duration.ofMillis(400);

  private FaultServer consumer;

  @BeforeEach
  void open() throws IOException {
    consumer = new FaultServer();
  }

  @AfterEach
  void close() throws IOException {
    consumer.close();
  }

  @ParameterizedTest
  @MethodSource("liesToOne")
  void lie_about_one_event_is_no_delivery(String name, Answer answer) throws Exception {
    consumer.answers(answer);

    assertThat(send(1)).as(name).isInstanceOf(Deferred.class);
    assertThat(consumer.requests()).as("requests for: " + name).hasSize(1);
  }

  static Stream<Arguments> liesToOne() {
    return Stream.of(
        arguments("a page", reply(200, "<html>log in</html>", "Content-Type: text/html")),
        arguments("nothing", reply(200, "")),
        arguments("no content", reply(204, "")),
        arguments("an empty object", reply(200, "{}")),
        arguments("null", reply(200, "null")),
        arguments("truncated JSON", reply(201, STORED.substring(0, STORED.length() - 1))),
        arguments("two documents", reply(201, STORED + STORED)),
        arguments("the id twice", reply(201, "{\"event_id\":\"id-2\",\"event_id\":\"id-1\"}")),
        arguments("another id", reply(201, STORED.replace("id-1", "id-2"))),
        arguments("an id that is a number", reply(201, "{\"event_id\":1}")),
        arguments("an id in another object", reply(201, "{\"event\":" + STORED + "}")),
        arguments("accepted for later", reply(202, "{\"status\":\"accepted\"}")),
        arguments("moved 301", reply(301, STORED, "Location: /event2")),
        arguments("moved 302", reply(302, STORED, "Location: /event2")),
        arguments("moved 307", reply(307, STORED, "Location: /event2")),
        arguments("gzip", gzip(STORED)),
        arguments("a bad gateway", reply(502, "<html>bad gateway</html>")),
        arguments("a gateway's time-out", reply(504, "<html>time-out</html>")),
        arguments("a reset", reset()),
        arguments("the end", raw("")),
        arguments("half a head", raw("HTTP/1.1 201 Created\r\nContent-Le")),
        arguments("not HTTP", raw("220 smtp.example.org ESMTP\r\n")),
        arguments("a status that is no number", raw("HTTP/1.1 OK\r\n\r\n")),
        arguments("less than its length", raw(head(201) + "Content-Length: 99\r\n\r\n" + STORED)),
        arguments("a length in words", raw(head(201) + "Content-Length: ten\r\n\r\n" + STORED)),
        arguments("a part of its length", raw(head(201) + "Content-Length: 9\r\n\r\n" + STORED)),
        arguments("half a chunk", raw(head(201) + "Transfer-Encoding: chunked\r\n\r\nff\r\n{")),
        arguments("a bad chunk", raw(head(201) + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{")),
        arguments("another protocol", raw("HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n" + STORED)),
        arguments("continue, then the end", raw("HTTP/1.1 100 Continue\r\n\r\n")),
        arguments("an endless body", endless()));
  }

  @ParameterizedTest
  @MethodSource("liesToThree")
  void lie_about_a_batch_is_no_delivery(String body) throws Exception {
    consumer.answers(reply(200, body));

    assertThat(send(3)).as(body).isInstanceOf(Deferred.class);
  }

  static Stream<String> liesToThree() {
    return Stream.of(
        STORED,
        results(),
        results(stored(1), stored(2)),
        results(stored(1), stored(2), stored(3), stored(4)),
        results(stored(1), stored(3), stored(2)),
        results(stored(1), stored(2), stored(7)),
        results(stored(1), stored(2), "null"),
        results(stored(1), stored(2), "[]"),
        results(stored(1), stored(2), stored(3).replace("stored", "queued")),
        results(stored(1), stored(2), "{\"event_id\":\"id-3\"}"),
        "{\"results\":{\"0\":" + stored(1) + "}}",
        "[" + stored(1) + "," + stored(2) + "," + stored(3) + "]");
  }

  @Test
  void reply_may_grow_with_the_batch_and_no_further() throws Exception {
    int events = 100;
    consumer.answers(reply(200, bulky(events, 2_000)));
    assertThat(send(events)).isInstanceOf(Answered.class);

    consumer.answers(reply(200, bulky(events, 4_000)));
    assertThat(send(events)).isInstanceOf(Deferred.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 100 Continue\r\n\r\n",
        "HTTP/1.1 201 Cre",
        "HTTP/1.1 201 Created\r\nContent-Length: 60\r\n\r\n{\"event_id\":"
      })
  void silence_ends_with_the_time_out_wherever_it_begins(String beginning) throws Exception {
    assertGivenUp(consumer.hang(beginning));
  }

  @Test
  void head_that_drips_ends_with_the_time_out() throws Exception {
    assertGivenUp(consumer.drip(head(201) + "X-Slow: "));
  }

  @Test
  void body_that_drips_ends_with_the_time_out() throws Exception {
    assertGivenUp(consumer.drip(head(201) + "Content-Length: 9999\r\n\r\n"));
  }

  @Test
  void consumer_that_is_away_is_named_without_what_its_address_hides() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    URI uri = URI.create("http://user:hidden@127.0.0.1:" + port + "/event?key=hidden");

    Delivery delivery = send(uri, 1);

    assertThat(delivery)
        .isEqualTo(
            new Away(
                "http://127.0.0.1:" + port + "/event: nothing accepts the connection",
                Optional.empty()));
  }

  @Test
  void host_without_an_address_is_no_delivery() throws Exception {
    assertThat(send(URI.create("http://no-such-host.invalid/event"), 1))
        .isInstanceOfSatisfying(
            Away.class,
            away ->
                assertThat(away.cause())
                    .isEqualTo("http://no-such-host.invalid/event: the host name is not known"));
  }

  /** The connection is closed at once, not only with the client. */
  private void assertGivenUp(Answer answer) throws Exception {
    consumer.answers(answer);
    try (Exchange http = exchange(LITTLE_PATIENCE)) {
      assertThat(send(http, consumer.uri("/event"), 1))
          .isInstanceOfSatisfying(
              Deferred.class,
              deferred -> assertThat(deferred.cause()).endsWith("no whole answer within 400 ms"));
      assertThat(consumer.clientHangsUp()).as("the connection is closed").isTrue();
    }
  }

  private Delivery send(int events) throws Exception {
    return send(consumer.uri("/event"), events);
  }

  private static Delivery send(URI uri, int events) throws Exception {
    try (Exchange http = exchange(PATIENCE)) {
      return send(http, uri, events);
    }
  }

  private static Delivery send(Exchange http, URI uri, int events) throws Exception {
    Receiver receiver =
        new Receiver(
            new Endpoint(uri),
            Acknowledge.ID,
            "message-relay/0.1.0",
            Optional::empty,
            Traces.AS_BROUGHT);
    return new HttpEventSender(http, new FakeTokens(new Token("t")), receiver)
        .send(events(events))
        .delivery();
  }

  private static Exchange exchange(Duration timeout) {
    return Exchange.open(PATIENCE, timeout, Clock.systemUTC());
  }

  private static String results(String... items) {
    return "{\"results\":[" + String.join(",", items) + "]}";
  }

  private static String stored(int number) {
    return "{\"status\":\"stored\",\"event_id\":\"id-" + number + "\"}";
  }

  private static String bulky(int events, int bytesAnEvent) {
    String ballast = ",\"ballast\":\"" + "x".repeat(bytesAnEvent) + "\"}";
    return IntStream.rangeClosed(1, events)
        .mapToObj(number -> stored(number).replace("}", ballast))
        .collect(Collectors.joining(",", "{\"results\":[", "]}"));
  }

  private static Answer gzip(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return raw(head(201, "Content-Encoding: gzip") + "\r\n" + bytes.toString(ISO_8859_1));
  }
}
