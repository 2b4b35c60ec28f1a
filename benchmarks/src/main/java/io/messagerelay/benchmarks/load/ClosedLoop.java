package io.messagerelay.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * A load of so many connections, each of which sends its next request as soon as the one before is
 * answered. It takes little of the processors that it shares with what it measures: one thread, one
 * read and one write a request, and no object made. For one thread.
 */
public final class ClosedLoop implements Traffic {
  /** A server that lets nothing come for so long is broken, not slow. */
  private static final Duration SILENCE = Duration.ofSeconds(30);

  private final Requests requests;
  private final LongSupplier nanoTime;
  private final Selector selector;
  private final Set<Integer> tolerated;
  private final List<Connection> connections = new ArrayList<>();
  private long successes;

  private ClosedLoop(
      Requests requests, LongSupplier nanoTime, Selector selector, Set<Integer> tolerated) {
    this.requests = requests;
    this.nanoTime = nanoTime;
    this.selector = selector;
    this.tolerated = tolerated;
  }

  /** Opens the connections to 127.0.0.1 and sends each its first request. */
  public static ClosedLoop open(
      int port, int connections, Requests requests, LongSupplier nanoTime) {
    return open(port, connections, requests, nanoTime, Set.of());
  }

  /**
   * The same, and goes on after refusals of a kind, as soon as they come.
   *
   * @param tolerated their statuses
   */
  public static ClosedLoop open(
      int port, int connections, Requests requests, LongSupplier nanoTime, Set<Integer> tolerated) {
    try {
      var loop = new ClosedLoop(requests, nanoTime, Selector.open(), Set.copyOf(tolerated));
      var server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      for (int i = 0; i < connections; i++) {
        loop.connections.add(Connection.open(server, loop.selector, requests.of(i)));
      }
      for (Connection connection : loop.connections) {
        connection.send(nanoTime.getAsLong());
      }
      return loop;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs for this time, or until the first answer when none comes in it, and gives the answers that
   * came. Requests stay on their way at the end: the next run goes on with them.
   *
   * @throws IllegalStateException when there was any answer but 2xx and what is tolerated
   */
  @Override
  public Answers run(Duration time) {
    var answers = new Answers();
    long begin = nanoTime.getAsLong();
    long now = begin;
    while (now - begin < time.toNanos()) {
      now = step(answers, true, time.toNanos() - (now - begin));
    }
    while (answers.all() == 0) {
      now = step(answers, true, SILENCE.toNanos());
    }
    return finish(answers, now - begin);
  }

  @Override
  public void drain() {
    var answers = new Answers();
    long begin = nanoTime.getAsLong();
    long now = begin;
    while (answers.all() < connections.size()) {
      now = step(answers, false, SILENCE.toNanos());
    }
    finish(answers, now - begin);
  }

  private Answers finish(Answers answers, long nanos) {
    answers.ran(nanos);
    answers.requireNothingBut(tolerated);
    successes += answers.successes();
    return answers;
  }

  @Override
  public long eventsAnswered() {
    return successes * requests.events();
  }

  @Override
  public int eventsPerRequest() {
    return requests.events();
  }

  private long step(Answers answers, boolean goOn, long atMostNanos) {
    try {
      long millis = Math.max(1, Math.min(atMostNanos, SILENCE.toNanos()) / 1_000_000);
      int moved = selector.select(key -> advance(key, answers, goOn), millis);
      if (moved == 0 && millis == SILENCE.toMillis()) {
        throw new IllegalStateException("no answer within " + SILENCE);
      }
      return nanoTime.getAsLong();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void advance(SelectionKey key, Answers answers, boolean goOn) {
    Connection connection = (Connection) key.attachment();
    try {
      if (connection.advance()) {
        long now = nanoTime.getAsLong();
        connection.tell(answers, now);
        if (goOn) {
          connection.send(now);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      for (Connection connection : connections) {
        connection.close();
      }
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
