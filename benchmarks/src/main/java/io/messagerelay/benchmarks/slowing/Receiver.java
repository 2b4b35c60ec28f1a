package io.messagerelay.benchmarks.slowing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.messagerelay.contract.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Stands in for a consumer of a known capacity: takes events as event-consumer does, works on them
 * as long as its {@link Capacity} says, answers that they are stored and keeps nothing. Requests
 * beyond its workers queue, first come, first served.
 */
final class Receiver implements AutoCloseable {
  private static final int OK = 200;
  private static final String TOKEN =
      "{\"access_token\":\"anyone\",\"token_type\":\"bearer\",\"expires_in\":86400}";

  private final HttpServer server;
  private final ExecutorService threads;
  private final Capacity capacity;
  private final Semaphore workers;
  private final Tally tally;
  private final LongSupplier nanoTime;
  private final AtomicLong positions = new AtomicLong(1);

  private volatile Slowness slowness;

  private Receiver(HttpServer server, Capacity capacity, Tally tally, LongSupplier nanoTime) {
    this.server = server;
    this.threads = Executors.newVirtualThreadPerTaskExecutor();
    this.capacity = capacity;
    this.workers = new Semaphore(capacity.workers(), true);
    this.tally = tally;
    this.nanoTime = nanoTime;
    this.slowness = Slowness.none(nanoTime.getAsLong());
  }

  static Receiver start(Capacity capacity, Tally tally, LongSupplier nanoTime) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var receiver = new Receiver(server, capacity, tally, nanoTime);
    server.setExecutor(receiver.threads);
    server.createContext("/token", exchange -> answer(exchange, OK, TOKEN.getBytes(UTF_8)));
    server.createContext("/event", receiver::take);
    server.start();
    return receiver;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  void slowDown(Slowness when) {
    slowness = when;
  }

  private void take(HttpExchange exchange) throws IOException {
    long arrived = nanoTime.getAsLong();
    tally.arrived(arrived, isSentBefore(exchange));
    int events = 0;
    try {
      Posted posted = Posted.read(exchange.getRequestBody().readAllBytes());
      work(posted.ids().size());
      byte[] answer = posted.answer(positions.getAndAdd(posted.ids().size()));
      answer(exchange, posted.status(), answer);
      events = posted.ids().size();
    } finally {
      tally.answered(nanoTime.getAsLong(), arrived, events);
    }
  }

  private static boolean isSentBefore(HttpExchange exchange) {
    return !"1".equals(exchange.getRequestHeaders().getFirst("Relay-Attempt"));
  }

  private void work(int events) {
    workers.acquireUninterruptibly();
    try {
      long begin = nanoTime.getAsLong();
      long work = capacity.nanos(events);
      long left = work;
      while (left > 0 && !Thread.currentThread().isInterrupted()) {
        LockSupport.parkNanos(left);
        left = slowness.end(begin, work) - nanoTime.getAsLong();
      }
    } finally {
      workers.release();
    }
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      exchange.getResponseHeaders().set("Content-Type", Wire.JSON);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /** Breaks requests off that are under way. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
