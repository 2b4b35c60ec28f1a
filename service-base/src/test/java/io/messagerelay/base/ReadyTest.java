package io.messagerelay.base;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadyTest {
  private HttpServer server;
  private URI url;
  private int status = 200;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/ready",
        exchange -> {
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
    url = URI.create("http://localhost:%d/ready".formatted(server.getAddress().getPort()));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void server_is_ready_when_it_answers_200() {
    assertThat(Ready.isReady(url)).isTrue();
  }

  @Test
  void server_is_not_ready_when_it_says_so_or_is_away() {
    status = 503;
    assertThat(Ready.isReady(url)).isFalse();

    server.stop(0);
    assertThat(Ready.isReady(url)).isFalse();
  }
}
