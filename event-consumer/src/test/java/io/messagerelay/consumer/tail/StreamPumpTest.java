package io.messagerelay.consumer.tail;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.consumer.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class StreamPumpTest {
  private static final long STALL = Duration.ofSeconds(30).toNanos();
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final long LIFE = Duration.ofMinutes(30).toNanos();

  private final AtomicLong waitingOfAll = new AtomicLong();
  private final FakeLine line = new FakeLine();
  private final Outlet outlet = new Outlet(line, waitingOfAll, () -> now(), () -> {});
  private long now = 1_000;
  private boolean draining;

  private long now() {
    return now;
  }

  /** Writes so many bytes at each turn, for ever, or fails. */
  private static final class Endless implements Content {
    private final boolean live;
    private final int bytes;
    private boolean away;

    Endless(boolean live, int bytes) {
      this.live = live;
      this.bytes = bytes;
    }

    @Override
    public long write(Outlet to, long at) throws StoreException {
      if (away) {
        throw new StoreException(StoreException.Kind.UNAVAILABLE, "the store is away");
      }
      to.write(List.of(new byte[bytes]));
      return live ? LIFE : 0;
    }

    @Override
    public boolean isLive() {
      return live;
    }

    @Override
    public boolean isAbout(Set<String> types) {
      return live;
    }

    @Override
    public void close() {}
  }

  private StreamPump pump(Content content) {
    return new StreamPump(content, outlet, STALL, now + LIFE, () -> draining);
  }

  private long stepAfter(StreamPump pump, long nanos) {
    now += nanos;
    return pump.step(now);
  }

  @Test
  void a_reader_that_takes_nothing_is_cut_off_in_time_and_not_before() {
    StreamPump pump = pump(new Endless(false, Outlet.ROOM));
    assertThat(stepAfter(pump, 0)).isZero();
    assertThat(stepAfter(pump, 0)).isEqualTo(STALL);

    assertThat(stepAfter(pump, STALL - 1)).isEqualTo(1);
    assertThat(line.state()).isEqualTo("open");

    assertThat(stepAfter(pump, 1)).isEqualTo(Content.ENDED);
    assertThat(line.state()).isEqualTo("cut");
    assertThat(line.sentBytes()).isEqualTo(Outlet.ROOM);
  }

  @Test
  void a_reader_that_takes_slowly_is_left_alone() {
    StreamPump pump = pump(new Endless(false, Outlet.ROOM));
    stepAfter(pump, 0);
    for (int i = 0; i < 10; i++) {
      now += STALL - 1;
      line.take();
      assertThat(stepAfter(pump, 0)).isZero();
    }

    assertThat(line.state()).isEqualTo("open");
    assertThat(line.sentBytes()).isEqualTo(11 * Outlet.ROOM);
  }

  @Test
  void an_export_waits_for_a_store_that_is_away_for_a_while_and_then_is_not_whole() {
    var content = new Endless(false, 1);
    StreamPump pump = pump(content);
    line.takingAll();
    content.away = true;
    for (long waited = 0; waited < STALL; waited += SECOND) {
      assertThat(stepAfter(pump, SECOND)).isEqualTo(SECOND);
    }

    assertThat(stepAfter(pump, SECOND)).isEqualTo(Content.ENDED);
    assertThat(line.state()).isEqualTo("cut");
  }

  @Test
  void a_store_that_comes_back_in_time_is_forgiven() {
    var content = new Endless(false, 1);
    StreamPump pump = pump(content);
    line.takingAll();
    for (int i = 0; i < 5; i++) {
      content.away = true;
      assertThat(stepAfter(pump, STALL - 1)).isEqualTo(SECOND);
      content.away = false;
      assertThat(stepAfter(pump, SECOND)).isZero();
    }
    assertThat(line.state()).isEqualTo("open");
  }

  @Test
  void a_live_stream_waits_for_a_store_however_long_it_is_away() {
    var content = new Endless(true, 1);
    StreamPump pump = pump(content);
    content.away = true;

    for (int i = 0; i < 5; i++) {
      assertThat(stepAfter(pump, STALL)).isEqualTo(SECOND);
    }
  }

  @Test
  void a_live_stream_ends_in_order_when_its_token_does() {
    StreamPump pump = pump(new Endless(true, 1));
    line.takingAll();
    assertThat(stepAfter(pump, 0)).isEqualTo(LIFE);
    assertThat(stepAfter(pump, LIFE - 5)).isEqualTo(5);

    assertThat(stepAfter(pump, 5)).isEqualTo(Content.ENDED);
    assertThat(line.state()).isEqualTo("ended");
  }

  @Test
  void an_export_may_outlive_its_token_and_the_drain() {
    StreamPump pump = pump(new Endless(false, 1));
    line.takingAll();
    draining = true;

    assertThat(stepAfter(pump, LIFE)).isZero();
    assertThat(line.state()).isEqualTo("open");
  }

  @Test
  void a_live_stream_ends_in_order_when_the_service_does() {
    StreamPump pump = pump(new Endless(true, 1));
    draining = true;

    assertThat(stepAfter(pump, 0)).isEqualTo(Content.ENDED);
    assertThat(line.state()).isEqualTo("ended");
  }

  @Test
  void what_waits_for_a_reader_that_has_gone_is_given_back() {
    StreamPump pump = pump(new Endless(false, 100));
    stepAfter(pump, 0);
    assertThat(waitingOfAll).hasValue(100);
    line.leave();

    assertThat(stepAfter(pump, 0)).isEqualTo(Content.ENDED);
    outlet.close();
    line.take();

    assertThat(waitingOfAll).hasValue(0);
  }

  @Test
  void when_all_readers_together_have_much_waiting_each_has_one_piece_at_most() {
    waitingOfAll.set(Outlet.MOST_WAITING);
    assertThat(outlet.isFull(0)).isFalse();
    outlet.write(List.of(new byte[1]));
    assertThat(outlet.isFull(0)).isTrue();

    line.take();
    assertThat(outlet.isFull(0)).isFalse();
  }
}
