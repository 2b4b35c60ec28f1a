package io.messagerelay.consumer.http;

import static io.messagerelay.consumer.http.Api.event;
import static io.messagerelay.consumer.http.Api.header;
import static io.messagerelay.consumer.http.Api.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.messagerelay.consumer.app.RunningConsumer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code GET /event} with {@code Accept: application/x-ndjson} of the packaged service. */
class ExportIT {
  private static final String NDJSON = "application/x-ndjson";
  private static final int EVENTS = 2_500;

  /** So much that no socket's buffers take it. */
  private static final int LARGE_EVENTS = 250;

  private static final String LARGE = "x".repeat(200_000);

  @TempDir private static Path folder;
  private static RunningConsumer consumer;
  private static Api api;

  @BeforeAll
  static void start() {
    consumer = RunningConsumer.start(folder, Map.of("STREAM_TIMEOUT", "1", "STREAM_LIMIT", "2"));
    api = new Api(consumer);
    for (int from = 0; from < EVENTS; from += 500) {
      List<String> events =
          IntStream.range(from, from + 500).mapToObj(i -> event("e-" + i, "p\\n" + i)).toList();
      api.postLines(String.join("\n", events));
    }
    for (int i = 0; i < LARGE_EVENTS; i++) {
      api.post(event("large-" + i, LARGE).replace("order.created", "large"));
    }
  }

  @AfterAll
  static void stop() {
    consumer.close();
  }

  private static HttpResponse<String> export(String query) {
    return api.send(api.request("/event" + query).header("Accept", NDJSON));
  }

  @Test
  void every_event_is_a_line_and_just_the_object_of_the_list() {
    HttpResponse<String> export = export("?type=order.created");

    assertThat(export.statusCode()).isEqualTo(200);
    assertThat(header(export, "Content-Type")).isEqualTo(NDJSON);
    assertThat(header(export, "Transfer-Encoding")).isEqualTo("chunked");
    assertThat(header(export, "Vary")).contains("Accept");
    List<String> lines = export.body().lines().toList();
    assertThat(lines).hasSize(EVENTS);
    String listed = api.get("/event?limit=1000").body();
    assertThat('[' + String.join(",", lines.subList(0, 1_000)) + ']').isEqualTo(listed);
  }

  @Test
  void its_limit_may_be_any_number_and_its_order_is_the_lists() {
    assertThat(export("?limit=1234&type=order.created").body().lines()).hasSize(1_234);
    assertThat(export("?limit=999999999999999999&type=none").body()).isEmpty();
    assertThat(export("?order=desc&limit=2&type=order.created").body().lines())
        .first()
        .asString()
        .contains("\"e-" + (EVENTS - 1) + '"');
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=0", "limit=-1", "limit=1&limit=2", "limit=x", "order=up", "a=b"})
  void a_bad_parameter_is_400_before_the_first_byte(String query) {
    HttpResponse<String> refused = export('?' + query);

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(json(refused).get("detail").asText())
        .startsWith(query.substring(0, query.indexOf('=')) + ' ');
  }

  @Test
  void who_may_not_read_is_told_so_and_head_has_no_body() {
    var stranger = consumer.request("/event").header("Accept", NDJSON);
    assertThat(consumer.send(stranger).statusCode()).isEqualTo(401);

    var head =
        api.send(
            api.request("/event").header("Accept", NDJSON).method("HEAD", BodyPublishers.noBody()));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(header(head, "Content-Type")).isEqualTo(NDJSON);
  }

  @Test
  void a_reader_that_takes_nothing_is_cut_off_and_can_tell() throws IOException {
    try (Socket socket = reading()) {
      awaitStreams(1);
      awaitStreams(0);

      assertThatThrownBy(() -> socket.getInputStream().readAllBytes())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("reset");
    }
    assertThat(consumer.get("/metrics").body()).contains("message_relay_stream_waiting_bytes 0.0");
  }

  @Test
  void more_streams_than_there_may_be_are_503_and_the_list_is_not() throws IOException {
    try (Socket _ = reading();
        Socket _ = reading()) {
      awaitStreams(2);
      HttpResponse<String> refused = export("?limit=1");

      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(json(refused).get("type").asText())
          .isEqualTo("urn:message-relay:problem:too-many-streams");
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      assertThat(api.get("/event?limit=1").statusCode()).isEqualTo(200);
    }
    awaitStreams(0);
  }

  /** Asks for more than fits into its buffers, and reads none of it. */
  private static Socket reading() throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(64 * 1024);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), consumer.port()));
    socket.setSoTimeout(20_000);
    String request =
        "GET /event HTTP/1.1\r\nHost: localhost\r\nAccept: %s\r\nAuthorization: Bearer %s\r\n\r\n"
            .formatted(NDJSON, api.token());
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static void awaitStreams(int open) {
    await()
        .untilAsserted(
            () ->
                assertThat(consumer.get("/metrics").body())
                    .contains("message_relay_streams " + open + ".0"));
  }
}
