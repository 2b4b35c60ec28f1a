package io.messagerelay.consumer.app.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Gives tokens, and to everything else the next answer that a test has told it. */
final class StubService implements AutoCloseable {
  private final HttpServer server;
  private final Deque<Answer> answers = new ArrayDeque<>();
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private int tokens;

  private record Answer(int status, Map<String, String> headers, String body) {}

  StubService() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  ClientSettings settings() {
    return new ClientSettings(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "me", "pass word");
  }

  synchronized void answers(int status, Map<String, String> headers, String body) {
    answers.add(new Answer(status, headers, body));
  }

  /** Method, target, and the token's number of each request, or the form of a login. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  private synchronized void answer(HttpExchange call) {
    try (call) {
      if (call.getRequestURI().getPath().equals("/token")) {
        asked.add("token " + new String(call.getRequestBody().readAllBytes(), UTF_8));
        send(
            call,
            new Answer(200, Map.of(), "{\"access_token\":\"t%d\",\"x\":{}}".formatted(++tokens)));
      } else {
        String bearer = call.getRequestHeaders().getFirst("Authorization");
        asked.add(call.getRequestURI() + " " + bearer);
        send(call, Objects.requireNonNull(answers.poll(), "an answer that was not expected"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void send(HttpExchange call, Answer answer) throws IOException {
    answer.headers().forEach(call.getResponseHeaders()::set);
    byte[] body = answer.body().getBytes(UTF_8);
    call.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    call.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
