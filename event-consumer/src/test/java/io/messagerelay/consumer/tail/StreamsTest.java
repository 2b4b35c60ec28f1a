package io.messagerelay.consumer.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.messagerelay.consumer.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How streams are opened, and what becomes of those that cannot begin. */
class StreamsTest {
  private final List<Thread> threads = new ArrayList<>();
  private final Streams streams =
      new Streams(
          limits(1),
          work -> {
            Thread thread = Thread.ofPlatform().unstarted(work);
            threads.add(thread);
            return thread;
          },
          Clock.systemUTC(),
          System::nanoTime);

  private static StreamLimits limits(int streams) {
    return new StreamLimits(streams, Duration.ofSeconds(15), Duration.ofSeconds(30));
  }

  private interface Beginning {
    Content content() throws StoreException;
  }

  private static final class Asked implements Streams.Opening {
    private final Beginning beginning;
    private final List<Throwable> refused = new ArrayList<>();
    private final List<Throwable> broken = new ArrayList<>();
    private final FakeLine line = new FakeLine();

    private Asked(Beginning beginning) {
      this.beginning = beginning;
    }

    @Override
    public Content content() throws StoreException {
      return beginning.content();
    }

    @Override
    public void refuse(StoreException why) {
      refused.add(why);
    }

    @Override
    public void broken(Throwable why) {
      broken.add(why);
    }

    @Override
    public Line begin(Runnable gone) {
      return line;
    }

    @Override
    public Instant end() {
      return Instant.now().plusSeconds(60);
    }
  }

  private Asked run(Beginning beginning) throws InterruptedException {
    var asked = new Asked(beginning);
    assertThat(streams.open(asked)).isEmpty();
    threads.getLast().join();
    return asked;
  }

  @Test
  void one_that_finds_no_store_is_refused_and_gives_its_place_back() throws Exception {
    var away = new StoreException(StoreException.Kind.UNAVAILABLE, "away");

    Asked asked =
        run(
            () -> {
              throw away;
            });

    assertThat(asked.refused).containsExactly(away);
    assertThat(streams.count()).isZero();
  }

  @Test
  void one_that_a_fault_of_ours_ends_is_answered_and_gives_its_place_back() throws Exception {
    var fault = new IllegalStateException("a fault");

    Asked asked =
        run(
            () -> {
              throw fault;
            });

    assertThat(asked.broken).containsExactly(fault);
    assertThat(streams.count()).isZero();
  }

  @Test
  void none_is_opened_beyond_the_limit_nor_while_draining() throws Exception {
    var none =
        new Asked(
            () -> {
              throw new AssertionError("is not asked for");
            });
    var streamsOfNone =
        new Streams(limits(0), Thread.ofPlatform().factory(), Clock.systemUTC(), System::nanoTime);

    assertThat(streamsOfNone.open(none)).contains(Streams.Refusal.TOO_MANY);
    streamsOfNone.drain();
    assertThat(streamsOfNone.open(none)).contains(Streams.Refusal.DRAINING);
  }

  /** Sleeps for an hour after each look. */
  private static final class Counting implements Content {
    private final String type;
    private final AtomicInteger looks = new AtomicInteger();

    private Counting(String type) {
      this.type = type;
    }

    @Override
    public long write(Outlet outlet, long now) {
      looks.incrementAndGet();
      return Duration.ofHours(1).toNanos();
    }

    @Override
    public boolean isLive() {
      return true;
    }

    @Override
    public boolean isAbout(Set<String> types) {
      return types.contains(type);
    }

    @Override
    public void close() {}

    private void awaitLooks(int expected) {
      await().untilAsserted(() -> assertThat(looks).hasValue(expected));
    }
  }

  @Test
  void only_those_are_woken_who_may_want_what_has_come() {
    var both =
        new Streams(limits(2), Thread.ofPlatform().factory(), Clock.systemUTC(), System::nanoTime);
    var cups = new Counting("cup");
    var teas = new Counting("tea");
    both.open(new Asked(() -> cups));
    both.open(new Asked(() -> teas));
    cups.awaitLooks(1);
    teas.awaitLooks(1);

    for (int i = 2; i < 12; i++) {
      both.wake(Set.of("tea", "sugar"));
      teas.awaitLooks(i);
    }
    assertThat(cups.looks).hasValue(1);

    both.wakeAll();
    cups.awaitLooks(2);
    both.drain();
    await().untilAsserted(() -> assertThat(both.count()).isZero());
  }
}
