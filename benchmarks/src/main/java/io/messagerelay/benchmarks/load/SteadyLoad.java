package io.messagerelay.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * A load of one connection whose requests are due at a steady rate. One that is late is made up
 * for, and its latency counts from when it was due, as users do not wait for each other. For one
 * thread.
 */
public final class SteadyLoad implements Traffic {
  private static final Duration SILENCE = Duration.ofSeconds(30);

  private final Requests requests;
  private final long nanosPerRequest;
  private final LongSupplier nanoTime;
  private final Selector selector;
  private final Connection connection;
  private long successes;

  private SteadyLoad(
      Requests requests,
      long nanosPerRequest,
      LongSupplier nanoTime,
      Selector selector,
      Connection connection) {
    this.requests = requests;
    this.nanosPerRequest = nanosPerRequest;
    this.nanoTime = nanoTime;
    this.selector = selector;
    this.connection = connection;
  }

  /**
   * Opens the connection to 127.0.0.1.
   *
   * @param eventsPerSecond in requests of as many as those carry
   */
  public static SteadyLoad open(
      int port, Requests requests, int eventsPerSecond, LongSupplier nanoTime) {
    try {
      Selector selector = Selector.open();
      var server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      Connection connection = Connection.open(server, selector, requests.of(0));
      long nanos = 1_000_000_000L * requests.events() / eventsPerSecond;
      return new SteadyLoad(requests, nanos, nanoTime, selector, connection);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Answers run(Duration time) {
    var answers = new Answers();
    long begin = nanoTime.getAsLong();
    try {
      for (long due = begin; due - begin < time.toNanos(); due += nanosPerRequest) {
        for (long wait = due - nanoTime.getAsLong(); wait > 0; wait = due - nanoTime.getAsLong()) {
          LockSupport.parkNanos(wait);
        }
        connection.send(due);
        awaitAnswer();
        connection.tell(answers, nanoTime.getAsLong());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    answers.ran(Math.max(nanoTime.getAsLong() - begin, time.toNanos()));
    answers.requireNothingBut(Set.of());
    successes += answers.successes();
    return answers;
  }

  private void awaitAnswer() throws IOException {
    boolean complete = false;
    while (!complete) {
      if (selector.select(SILENCE.toMillis()) == 0) {
        throw new IllegalStateException("no answer within " + SILENCE);
      }
      selector.selectedKeys().clear();
      complete = connection.advance();
    }
  }

  /** Nothing is on its way between runs. */
  @Override
  public void drain() {}

  @Override
  public long eventsAnswered() {
    return successes * requests.events();
  }

  @Override
  public int eventsPerRequest() {
    return requests.events();
  }

  @Override
  public void close() {
    try {
      connection.close();
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
