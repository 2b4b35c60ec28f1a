package io.messagerelay.system.way;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stands between propagators and the consumer and sends on what comes, but for what is struck by
 * its {@link Troubles}. A consumer that is away is a connection that breaks. A thread a connection.
 */
public final class FaultyWay implements Way {
  /** What propagators are started with, so that a late answer costs seconds. */
  static final Duration CALLERS_PATIENCE = Duration.ofSeconds(3);

  private static final String AT_LOGIN = "login broken";

  private final Onward onward;
  private final Troubles troubles;
  private final Sleep sleep;
  private final ServerSocket listener;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  @GuardedBy("this")
  private final SplittableRandom random;

  @GuardedBy("this")
  private final SequencedMap<String, Long> counts = new LinkedHashMap<>();

  private FaultyWay(URI consumer, Troubles troubles, SplittableRandom random, Sleep sleep) {
    this.onward = new Onward(consumer);
    this.troubles = troubles;
    this.random = random;
    this.sleep = sleep;
    this.listener = listener();
    for (Fault each : Fault.values()) {
      counts.put(each.toString(), 0L);
    }
    counts.put(AT_LOGIN, 0L);
  }

  /**
   * Opens one.
   *
   * @param events how many will go by it
   */
  public static FaultyWay to(URI consumer, int events, long seed) {
    var random = new SplittableRandom(seed);
    return open(consumer, Troubles.of(events, random.split()), random, Thread::sleep);
  }

  static FaultyWay open(URI consumer, Troubles troubles, SplittableRandom random, Sleep sleep) {
    var way = new FaultyWay(consumer, troubles, random, sleep);
    way.threads.execute(way::accept);
    return way;
  }

  private static ServerSocket listener() {
    try {
      return new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  @Override
  public Map<String, String> settings(Map<String, String> others) {
    Map<String, String> all = new HashMap<>(others);
    all.put("CONSUMER_URL", url().toString());
    all.put("REQUEST_TIMEOUT", Long.toString(CALLERS_PATIENCE.toSeconds()));
    return all;
  }

  @Override
  public synchronized Injected injected() {
    return new Injected(counts, troubles.poison().met());
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        threads.execute(() -> serve(socket));
      }
    } catch (IOException e) {
      // it was closed
    }
  }

  private void serve(Socket socket) {
    try (var caller = new Caller(socket)) {
      Optional<Request> request = caller.next();
      while (request.isPresent()) {
        take(request.get(), caller);
        request = caller.next();
      }
    } catch (IOException e) {
      // the caller has gone already
    }
  }

  private void take(Request request, Caller caller) {
    var passage = new Passage(request, caller, onward, sleep, newRandom());
    Optional<Fault> fault = troubles.strike(request);
    try {
      fault.map(Fault::strike).orElse(Passage::pass).at(passage);
    } catch (IOException e) {
      caller.reset(); // nobody knows what became of it
    }
    fault.ifPresent(each -> note(each, request, passage.isStruck()));
  }

  private void note(Fault fault, Request request, boolean isStruck) {
    if (isStruck) {
      count(request.isForToken() ? AT_LOGIN : fault.toString());
    } else {
      troubles.spared(request, fault);
    }
  }

  private synchronized SplittableRandom newRandom() {
    return random.split();
  }

  private synchronized void count(String kind) {
    counts.merge(kind, 1L, Long::sum);
  }

  /** Breaks off what is under way. */
  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
    threads.close();
    onward.close();
  }
}
