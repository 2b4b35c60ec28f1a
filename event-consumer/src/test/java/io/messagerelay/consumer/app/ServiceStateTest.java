package io.messagerelay.consumer.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.consumer.app.ServiceState.NotReady;
import io.messagerelay.consumer.app.ServiceState.NotRunning;
import io.messagerelay.consumer.app.ServiceState.Ready;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over a real socket that answers what a test says. */
@Timeout(30)
final class ServiceStateTest {
  private static final String PROBLEM =
      "{\"type\":\"urn:message-relay:problem:draining\",\"title\":\"The service is about to end\","
          + "\"status\":503,\"detail\":\"send to another consumer\"}";

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "0.0.0.0", "localhost"})
  void ok_is_ready_wherever_it_listens(String host) throws IOException {
    assertThat(asked(host, "200 OK", "ok")).isEqualTo(new Ready());
  }

  @Test
  void a_problem_is_told_in_its_own_words() throws IOException {
    assertThat(asked("127.0.0.1", "503 Service Unavailable", PROBLEM))
        .isEqualTo(new NotReady("The service is about to end: send to another consumer"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "busy", "{\"title\":", "[1, null, {\"detail\": {}}]"})
  void a_503_without_words_is_not_ready(String body) throws IOException {
    assertThat(asked("127.0.0.1", "503 Service Unavailable", body))
        .isInstanceOfSatisfying(
            NotReady.class, not -> assertThat(not.reason()).startsWith("it answers 503"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"200 OK", "302 Found", "404 Not Found", "500 Oops"})
  void another_service_is_not_ours(String status) throws IOException {
    assertThat(asked("127.0.0.1", status, "<html>"))
        .isEqualTo(new NotReady("another service answers there, with " + status.substring(0, 3)));
  }

  @Test
  void nothing_that_listens_is_not_running() throws IOException {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    assertThat(ServiceState.ask(new Address("127.0.0.1", port))).isEqualTo(new NotRunning());
  }

  @Test
  void a_service_that_hangs_is_given_up_within_two_seconds() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      long begun = System.nanoTime();

      assertThat(ServiceState.ask(new Address("127.0.0.1", socket.getLocalPort())))
          .isEqualTo(new NotReady("it does not answer"));
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    }
  }

  private static ServiceState asked(String host, String status, String body) throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> answerOnce(socket, status, body));
      return ServiceState.ask(new Address(host, socket.getLocalPort()));
    }
  }

  private static void answerOnce(ServerSocket server, String status, String body) {
    try (Socket socket = server.accept()) {
      byte[] request = new byte[4096];
      int read = socket.getInputStream().read(request);
      assertThat(new String(request, 0, read, US_ASCII)).startsWith("GET /ready HTTP/1.1\r\n");
      String answer =
          "HTTP/1.1 %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
              .formatted(status, body.length(), body);
      socket.getOutputStream().write(answer.getBytes(US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
