package io.messagerelay.consumer.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.consumer.app.RunningConsumer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no well-behaved client sends, byte by byte. */
class RawSocketIT {
  private static final int CHUNK = 64 * 1024;

  @TempDir private static Path folder;
  private static RunningConsumer consumer;
  private static Api api;

  @BeforeAll
  static void start() {
    consumer = RunningConsumer.start(folder, Map.of("REQUEST_TIMEOUT", "0.5"));
    api = new Api(consumer);
  }

  @AfterAll
  static void stop() {
    consumer.close();
  }

  private static RawSocket connect() throws IOException {
    return new RawSocket(consumer.port());
  }

  private static String post(String path, String token, String headers) {
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        + (token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n")
        + headers
        + "\r\n\r\n";
  }

  @Test
  void a_body_that_does_not_come_is_408_and_the_connection_ends() throws IOException {
    try (RawSocket socket = connect()) {
      socket.send(post("/event", api.token(), "Content-Length: 100") + "{\"event_type\"");

      assertThat(socket.untilClosed())
          .startsWith("HTTP/1.1 408 ")
          .contains("urn:message-relay:problem:request-timeout", "a request has 0.5 seconds");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/event", "/token", "/nowhere"})
  void a_body_that_does_not_come_ends_the_connection_whatever_was_answered(String path)
      throws IOException {
    try (RawSocket socket = connect()) {
      socket.send(post(path, "", "Content-Length: 100") + "{");

      assertThat(socket.untilClosed()).startsWith("HTTP/1.1 4");
    }
  }

  @Test
  void an_announced_body_over_the_limit_is_413_before_any_of_it_comes() throws IOException {
    try (RawSocket socket = connect()) {
      socket.send(post("/event", "", "Content-Length: 4194305"));

      assertThat(socket.untilClosed())
          .startsWith("HTTP/1.1 413 ")
          .contains("urn:message-relay:problem:too-large");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PATCH"})
  void a_client_that_sends_a_large_body_to_its_end_still_reads_the_refusal(String method)
      throws IOException {
    for (int i = 0; i < 20; i++) {
      try (RawSocket socket = connect()) {
        socket.send(method + " /event HTTP/1.1\r\nHost: x\r\nContent-Length: 4194305\r\n\r\n");
        socket.send(" ".repeat(4_194_305));

        assertThat(socket.untilClosed()).startsWith("HTTP/1.1 4");
      }
    }
  }

  @Test
  void a_chunked_body_over_the_limit_is_cut() throws IOException {
    try (RawSocket socket = connect()) {
      socket.send(post("/event", api.token(), "Transfer-Encoding: chunked"));
      long sent = sendChunksUntilCut(socket);

      assertThat(sent).isLessThan(16L * 1024 * 1024);
    }
    assertThat(api.get("/event?limit=1").statusCode()).isEqualTo(200);
  }

  private static long sendChunksUntilCut(RawSocket socket) {
    String chunk = "%x\r\n%s\r\n".formatted(CHUNK, " ".repeat(CHUNK));
    long sent = 0;
    try {
      while (sent < 64L * 1024 * 1024) {
        socket.send(chunk);
        sent += CHUNK;
      }
    } catch (IOException cut) {
      return sent;
    }
    return sent;
  }

  @Test
  void a_chunked_body_is_read_across_any_boundary() throws IOException {
    String event = "{\"event_type\":\"t\",\"event_payload\":\"ä\",\"event_id\":\"chunked\"}";
    try (RawSocket socket = connect()) {
      socket.send(post("/event", api.token(), "Transfer-Encoding: chunked\r\nConnection: close"));
      for (byte one : event.getBytes(StandardCharsets.UTF_8)) {
        socket.send(new byte[] {'1', '\r', '\n', one, '\r', '\n'});
      }
      socket.send("0\r\n\r\n");

      assertThat(socket.untilClosed()).startsWith("HTTP/1.1 201 ");
    }
    assertThat(Api.json(api.get("/event/chunked")).get("payload").asText()).isEqualTo("ä");
  }

  @Test
  void continue_is_said_to_who_waits_for_it_and_may_go_on() throws IOException {
    String event = Api.event("expecting", "p");
    try (RawSocket socket = connect()) {
      socket.send(
          post(
              "/event",
              api.token(),
              "Expect: 100-continue\r\nConnection: close\r\nContent-Length: " + event.length()));
      InputStream answers = socket.answers();
      assertThat(new String(answers.readNBytes(25), StandardCharsets.UTF_8))
          .isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
      socket.send(event);

      assertThat(socket.untilClosed()).startsWith("HTTP/1.1 201 ");
    }
  }

  @Test
  void an_answer_before_the_body_leaves_the_connection_usable() throws IOException {
    String ready = "GET /ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    try (RawSocket socket = connect()) {
      socket.send(post("/event", "", "Content-Length: 5") + "12345" + ready);

      assertThat(socket.untilClosed()).startsWith("HTTP/1.1 401 ").contains("HTTP/1.1 200 OK");
    }
  }

  @Test
  void pipelined_events_are_answered_in_order() throws IOException {
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      String event = Api.event("pipelined-" + i, "p");
      requests
          .append(post("/event", api.token(), "Content-Length: " + event.length()))
          .append(event);
    }
    requests.append("GET /ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    try (RawSocket socket = connect()) {
      socket.send(requests.toString());
      String answers = socket.untilClosed();

      assertThat(answers.split("HTTP/1.1 201 ", -1)).hasSize(21);
      for (int i = 1; i < 20; i++) {
        assertThat(answers.indexOf("\"pipelined-" + (i - 1) + '"'))
            .isLessThan(answers.indexOf("\"pipelined-" + i + '"'));
      }
    }
  }

  @Test
  void a_body_that_breaks_off_stores_nothing() throws IOException {
    String event = Api.event("broken-off", "p");
    try (RawSocket socket = connect()) {
      socket.send(post("/event", api.token(), "Content-Length: 1000") + event);
    }
    assertThat(api.get("/event/broken-off").statusCode()).isEqualTo(404);
    assertThat(consumer.log()).doesNotContain("ERROR");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET /ready HTTP/1.1", "OPTIONS * HTTP/1.1\r\nHost: x"})
  void a_request_that_cannot_be_routed_is_a_problem(String head) throws IOException {
    try (RawSocket socket = connect()) {
      socket.send(head + "\r\n\r\n");

      assertThat(socket.untilClosed())
          .startsWith("HTTP/1.1 4")
          .contains("\r\nX-Content-Type-Options: nosniff\r\n")
          .contains("urn:message-relay:problem:");
    }
    assertThat(consumer.log()).doesNotContain("ERROR");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/event/%zz", "/%zz", "/event?type=%zz"})
  void a_path_that_is_not_percent_encoded_is_400_and_no_time_series(String path)
      throws IOException {
    try (RawSocket socket = connect()) {
      socket.send("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

      assertThat(socket.untilClosed()).startsWith("HTTP/1.1 400 ");
    }
    assertThat(consumer.get("/metrics").body()).doesNotContain("%zz");
  }

  /** Answers are written by other threads than the one that reads what is still to come. */
  @Test
  void a_connection_that_its_client_wants_ended_is_ended_whoever_answers() throws IOException {
    for (int i = 0; i < 100; i++) {
      for (String path : new String[] {"/metrics", "/ready", "/event", "/docs/"}) {
        try (RawSocket socket = connect()) {
          socket.send("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
          assertThat(socket.untilClosed()).startsWith("HTTP/1.1 ");
        }
      }
    }
    assertThat(consumer.log()).doesNotContain("ERROR");
  }

  /** Nobody says in which character set a header is. */
  @Test
  void an_idempotency_key_that_is_not_ascii_is_400() throws IOException {
    String event = Api.event("not-ascii", "p");
    String headers = "Idempotency-Key: é\r\nConnection: close\r\nContent-Length: ";
    try (RawSocket socket = connect()) {
      socket.send(post("/event", api.token(), headers + event.length()) + event);

      assertThat(socket.untilClosed()).startsWith("HTTP/1.1 400 ").contains("ASCII");
    }
  }

  @Test
  void headers_and_lines_without_end_are_refused() throws IOException {
    try (RawSocket socket = connect()) {
      socket.send(post("/event", api.token(), "X-Long: " + "x".repeat(20_000)));
      assertThat(socket.untilClosed()).startsWith("HTTP/1.1 431 ");
    }
    try (RawSocket socket = connect()) {
      socket.send(post("/event?" + "x".repeat(10_000), api.token(), "X-Short: x"));
      assertThat(socket.untilClosed()).matches("(?s)HTTP/1.[01] 414 .*");
    }
  }
}
