package io.messagerelay.system.way;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Stores whatever comes, or refuses it all, and remembers it. Shared by threads. */
final class StubConsumer implements AutoCloseable {
  static final String STORED =
      "{\"results\":[{\"status\":\"stored\",\"event_id\":\"a\"},"
          + "{\"status\":\"stored\",\"event_id\":\"b\"}]}";

  private final HttpServer server;
  private final List<Taken> taken = new CopyOnWriteArrayList<>();
  private final Semaphore arrived = new Semaphore(0);
  private volatile int status = 200;

  /** What came. */
  record Taken(String method, String target, String authorization, String body) {}

  StubConsumer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      taken.add(
          new Taken(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
              new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
      arrived.release();
      byte[] body = STORED.getBytes(UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** What it answers from now on. */
  void answers(int nextStatus) {
    status = nextStatus;
  }

  List<Taken> taken() {
    return List.copyOf(taken);
  }

  /** Whether so many have come in all, within the time; to be asked once. */
  boolean hasTaken(int requests, Duration within) throws InterruptedException {
    return arrived.tryAcquire(requests, within.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
