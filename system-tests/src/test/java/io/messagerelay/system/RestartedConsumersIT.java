package io.messagerelay.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.servers.TestServer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two consumers of one database that are ended and started in turn, under writers and readers. */
final class RestartedConsumersIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int WRITERS = 8;
  private static final int BATCH = 5;
  private static final int ROUNDS = 150;
  private static final int EVENTS = WRITERS * BATCH * ROUNDS;
  private static final int RESTARTS = 3;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  @RegisterExtension final Site site = Site.on(TestServer::shared);

  /** So many restarts are over. Writers keep a share of their events for each that comes. */
  private final AtomicInteger restarted = new AtomicInteger();

  /** A consumer that has one port for all of its lives. */
  private final class Restarted {
    private final int port = freePort();
    private final ConsumerApi api = new ConsumerApi(URI.create("http://127.0.0.1:" + port));
    private Child process = begin();

    private Child begin() {
      Child child =
          site.get()
              .start(Service.CONSUMER, Map.of("CONSUMER_PORT", Integer.toString(port)), "run");
      Waiting.until("a consumer is ready", PATIENCE, () -> child.alive() && api.ready());
      return child;
    }

    /** Politely, or as by a crash. */
    void restart(boolean politely) {
      if (politely) {
        process.terminate();
        assertThat(process.waitFor(PATIENCE)).isZero();
      } else {
        process.kill();
      }
      process = begin();
    }
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void a_reader_of_the_stream_and_one_of_pages_miss_nothing_and_see_nothing_twice_over_restarts()
      throws Exception {
    Restarted one = new Restarted();
    Restarted two = new Restarted();
    String token = one.api.token(Installation.ACCOUNT, Installation.PASSWORD);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<LiveReader> live = threads.submit(new LiveReader(token, EVENTS, one.api, two.api));
      Future<PageReader> paged = threads.submit(new PageReader(token, EVENTS, two.api, one.api));
      List<Future<List<String>>> written =
          IntStream.range(0, WRITERS)
              .mapToObj(i -> threads.submit(writer(token, i, one.api, two.api)))
              .toList();
      for (int i = 0; i < RESTARTS; i++) {
        (i % 2 == 0 ? one : two).restart(i < 2);
        restarted.incrementAndGet();
      }

      List<String> ids = new ArrayList<>();
      for (Future<List<String>> each : written) {
        ids.addAll(each.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
      }
      LiveReader stream = live.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      PageReader pages = paged.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      List<Long> all = LongStream.rangeClosed(1, EVENTS).boxed().toList();
      assertThat(stream.positions()).containsExactlyElementsOf(all);
      assertThat(stream.eventIds()).containsExactlyInAnyOrderElementsOf(ids);
      assertThat(stream.streams()).isGreaterThan(1);
      assertThat(pages.positions()).containsExactlyElementsOf(all);
    } finally {
      one.api.close();
      two.api.close();
    }
  }

  /** Sends each batch until it is stored, to whoever answers. */
  private Callable<List<String>> writer(
      String token, int writer, ConsumerApi one, ConsumerApi two) {
    return () -> {
      List<String> written = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        int share = round * (RESTARTS + 1) / ROUNDS;
        Waiting.until("it is restarted", PATIENCE, () -> restarted.get() >= share);
        String name = "w%d-%d-".formatted(writer, round);
        List<String> ids = IntStream.range(0, BATCH).mapToObj(i -> name + i).toList();
        for (int turn = writer; !isStored(turn % 2 == 0 ? one : two, token, ids); turn++) {
          LockSupport.parkNanos(PAUSE_NANOS);
        }
        written.addAll(ids);
      }
      return written;
    };
  }

  private static boolean isStored(ConsumerApi consumer, String token, List<String> ids) {
    try {
      return consumer.post(token, Posts.of(ids, "x")).statusCode() == 200;
    } catch (IOException away) {
      return false;
    }
  }
}
