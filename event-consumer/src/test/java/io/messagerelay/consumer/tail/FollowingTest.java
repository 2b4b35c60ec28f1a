package io.messagerelay.consumer.tail;

import static io.messagerelay.consumer.store.TestEvents.event;
import static io.messagerelay.consumer.store.TestEvents.events;
import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.consumer.query.Cursor;
import io.messagerelay.consumer.query.EventFilter;
import io.messagerelay.consumer.query.EventList;
import io.messagerelay.consumer.query.EventQuery;
import io.messagerelay.consumer.store.FakeEventStore;
import io.messagerelay.consumer.store.ManualClock;
import io.messagerelay.consumer.store.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Watcher, ring and readers together, in time that the test moves. */
final class FollowingTest {
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  /** Readers look when the test has them look. */
  private static final Readers NOBODY =
      new Readers() {
        @Override
        public void wakeAll() {}

        @Override
        public void wake(Set<String> types) {}
      };

  private final ManualClock clock = ManualClock.at("2026-01-01T12:00:00Z");
  private final FakeEventStore store = new FakeEventStore(clock);
  private final EventList list = new EventList(store, clock);
  private final AtomicInteger pages = new AtomicInteger();
  private final StoreReads reads =
      new StoreReads(
          list,
          read -> {
            pages.incrementAndGet();
            read.run();
          });
  private final AtomicLong waitingOfAll = new AtomicLong();
  private long now;

  /** As text, so that the test can read it. */
  private static final class Words implements Frames {
    @Override
    public byte[] greeting(Cursor start) {
      return bytes("hello " + start.position());
    }

    @Override
    public byte[] event(Cursor at, StoredEvent event) {
      return bytes(at.position() + " " + event.event().payload().text());
    }

    @Override
    public byte[] position(Cursor at) {
      return bytes("at " + at.position());
    }

    @Override
    public byte[] heartbeat() {
      return bytes("beat");
    }

    private static byte[] bytes(String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  private final Tail tail = tail(Tail.RING_BYTES);

  private Tail tail(long ringBytes) {
    return new Tail(list, reads, new Words(), HEARTBEAT, ringBytes, NOBODY, () -> now);
  }

  private final class Reader {
    private final FakeLine line = new FakeLine();
    private final Outlet outlet = new Outlet(line, waitingOfAll, () -> now, () -> {});
    private final Content content;

    Reader(Tail of, EventFilter filter, long behind) throws Exception {
      Cursor cursor = new Cursor(store.storeId(), behind, true);
      content = of.follow(new EventQuery(1, true, filter, null, null, cursor));
    }

    Reader(Tail of) throws Exception {
      content = of.follow(new EventQuery(1, true, EventFilter.ALL, null, null, null));
    }

    Reader takingAll() {
      line.takingAll();
      return this;
    }

    long step() throws Exception {
      return content.write(outlet, now);
    }

    List<String> said() {
      return line.sent();
    }

    List<Long> positions() {
      return line.sent().stream()
          .filter(frame -> frame.matches("[0-9]+ .*"))
          .map(frame -> Long.valueOf(frame.substring(0, frame.indexOf(' '))))
          .toList();
    }
  }

  private void look(Tail of) {
    pass(Watcher.GAP);
    of.watcher().step();
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  private static List<Long> range(long low, long high) {
    return LongStream.rangeClosed(low, high).boxed().toList();
  }

  @Test
  void begins_behind_the_newest_and_tells_each_event_that_comes() throws Exception {
    store.append(events("a", 0, 3));
    Reader reader = new Reader(tail).takingAll();
    look(tail);
    reader.step();
    assertThat(reader.said()).containsExactly("hello 3");

    store.append(events("b", 0, 2));
    look(tail);
    reader.step();

    assertThat(reader.positions()).containsExactly(4L, 5L);
  }

  @Test
  void what_comes_before_the_first_look_is_not_missed() throws Exception {
    Reader reader = new Reader(tail).takingAll();
    store.append(events("a", 0, 2));
    look(tail);
    reader.step();

    assertThat(reader.positions()).containsExactly(1L, 2L);
  }

  @Test
  void readers_at_the_head_share_what_was_read_once() throws Exception {
    List<Reader> readers = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      readers.add(new Reader(tail).takingAll());
    }
    look(tail);
    for (Reader reader : readers) {
      reader.step();
    }
    int before = pages.get();
    store.append(events("a", 0, 10));
    look(tail);
    for (Reader reader : readers) {
      reader.step();
    }

    assertThat(readers).allMatch(reader -> reader.positions().equals(range(1, 10)));
    assertThat(pages).hasValue(before);
  }

  @Test
  void more_than_a_page_is_looked_at_without_a_pause() throws Exception {
    Reader reader = new Reader(tail).takingAll();
    look(tail);
    reader.step();
    int many = 2 * Watcher.PAGE + 1;
    store.append(events("a", 0, many));
    pass(Watcher.GAP);

    assertThat(tail.watcher().step()).isZero();
    assertThat(tail.watcher().step()).isZero();
    assertThat(tail.watcher().step()).isEqualTo(Watcher.GAP.toNanos());

    int before = pages.get();
    reader.step();
    assertThat(reader.positions()).isEqualTo(range(1, many));
    assertThat(pages.get()).isEqualTo(before);
  }

  @Test
  void nobody_looks_while_nobody_follows() throws Exception {
    assertThat(tail.watcher().step()).isEqualTo(Long.MAX_VALUE);
    Reader reader = new Reader(tail);
    assertThat(tail.watcher().step()).isEqualTo(Watcher.POLL.toNanos());
    reader.content.close();

    assertThat(tail.watcher().step()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void who_is_behind_the_ring_catches_up_from_the_store() throws Exception {
    Tail small = tail(2_000);
    Reader reader = new Reader(small, EventFilter.ALL, 0).takingAll();
    look(small);
    for (int i = 0; i < 20; i++) {
      store.append(events("a" + i, 0, 30));
      look(small);
    }
    assertThat(small.ringBytes()).isLessThanOrEqualTo(2_000);

    reader.step();

    assertThat(reader.positions()).isEqualTo(range(1, 600));
  }

  @Test
  void a_filter_is_the_same_at_the_head_and_behind_it() throws Exception {
    Tail small = tail(2_000);
    EventFilter odd = EventFilter.ofTypes("t1");
    Reader behind = new Reader(small, odd, 0).takingAll();
    Reader atHead = new Reader(small, odd, 0).takingAll();
    look(small);
    for (int i = 0; i < 100; i++) {
      store.append(List.of(event("e" + i, "t" + i % 2)));
      look(small);
      atHead.step();
    }
    behind.step();

    assertThat(atHead.positions()).hasSize(50).allMatch(position -> position % 2 == 0);
    assertThat(behind.positions()).isEqualTo(atHead.positions());
  }

  @Test
  void who_wants_little_is_told_how_far_it_is_and_does_not_read_that_again() throws Exception {
    Reader reader = new Reader(tail, EventFilter.ofTypes("rare"), 0).takingAll();
    look(tail);
    reader.step();
    for (int i = 0; i < 10; i++) {
      store.append(events("a" + i, 0, 150));
      look(tail);
      reader.step();
    }
    assertThat(reader.said()).containsExactly("hello 0");

    pass(Following.TELLING);
    reader.step();
    assertThat(reader.said()).containsExactly("hello 0", "at 1500");

    store.append(events("more", 0, 100));
    look(tail);
    pass(HEARTBEAT);
    reader.step();
    assertThat(reader.said()).containsExactly("hello 0", "at 1500", "at 1600", "beat");

    Reader again = new Reader(tail, EventFilter.ofTypes("rare"), 1_600).takingAll();
    int before = pages.get();
    again.step();
    assertThat(pages).hasValue(before);
  }

  @Test
  void who_is_behind_and_wants_nothing_of_it_is_at_the_head_after_one_read() throws Exception {
    store.append(events("a", 0, 300));
    Reader reader = new Reader(tail, EventFilter.ofTypes("rare"), 0).takingAll();
    look(tail);
    reader.step();
    int before = pages.get();
    store.append(List.of(event("wanted", "rare")));
    look(tail);
    reader.step();

    assertThat(reader.positions()).containsExactly(301L);
    assertThat(pages).hasValue(before);
  }

  @Test
  void a_silent_stream_has_its_heartbeat_in_time_and_nothing_else() throws Exception {
    Reader reader = new Reader(tail).takingAll();
    look(tail);
    assertThat(reader.step()).isEqualTo(HEARTBEAT.toNanos());
    pass(HEARTBEAT.minusNanos(1));
    assertThat(reader.step()).isEqualTo(1);
    assertThat(reader.said()).containsExactly("hello 0");

    pass(Duration.ofNanos(1));
    reader.step();

    assertThat(reader.said()).containsExactly("hello 0", "beat");
  }

  @Test
  void a_reader_that_takes_nothing_keeps_little_and_then_goes_on_where_it_was() throws Exception {
    Tail small = tail(2_000);
    Reader reader = new Reader(small, EventFilter.ALL, 0);
    look(small);
    for (int i = 0; i < 50; i++) {
      store.append(List.of(event("large-" + i, "t", "x".repeat(10_000))));
      look(small);
      reader.step();
    }
    assertThat(waitingOfAll.get()).isLessThan(Outlet.ROOM + 12_000);

    while (reader.positions().size() < 50) {
      reader.line.take();
      reader.step();
    }

    assertThat(reader.positions()).isEqualTo(range(1, 50));
  }

  @Test
  void nothing_is_missed_and_nothing_comes_twice_whenever_who_looks_reads_or_comes_back()
      throws Exception {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    Tail small = tail(3_000);
    List<Long> seen = new ArrayList<>();
    long last = 0;
    Reader reader = new Reader(small, EventFilter.ofTypes("t0"), last).takingAll();
    for (int turn = 0; turn < 2_000; turn++) {
      int name = turn;
      switch (random.nextInt(6)) {
        case 0 ->
            store.append(
                IntStream.rangeClosed(0, random.nextInt(8))
                    .mapToObj(i -> event("e" + name + "-" + i, "t" + random.nextInt(2)))
                    .toList());
        case 1 -> look(small);
        case 2 -> {
          if (random.nextInt(10) == 0) {
            seen.addAll(reader.positions());
            last = lastId(reader, last);
            reader.content.close();
            small.watcher().step();
            reader = new Reader(small, EventFilter.ofTypes("t0"), last).takingAll();
          }
        }
        default -> reader.step();
      }
    }
    look(small);
    reader.step();
    seen.addAll(reader.positions());

    assertThat(seen)
        .as("seed %s", seed)
        .isEqualTo(
            store.all().stream()
                .filter(event -> event.event().type().equals("t0"))
                .map(StoredEvent::position)
                .toList());
  }

  /** What a client sends as {@code Last-Event-ID}: the last one that it was given. */
  private static long lastId(Reader reader, long before) {
    return reader.said().stream()
        .filter(frame -> frame.matches(".*[0-9].*"))
        .reduce((_, last) -> last)
        .map(frame -> frame.replaceFirst("^(hello|at) ", "").replaceFirst(" .*", ""))
        .map(Long::valueOf)
        .orElse(before);
  }
}
