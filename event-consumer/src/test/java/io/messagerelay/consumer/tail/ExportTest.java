package io.messagerelay.consumer.tail;

import static io.messagerelay.consumer.store.TestEvents.event;
import static io.messagerelay.consumer.store.TestEvents.events;
import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.consumer.query.EventList;
import io.messagerelay.consumer.query.EventQuery;
import io.messagerelay.consumer.store.FakeEventStore;
import io.messagerelay.consumer.store.ManualClock;
import io.messagerelay.consumer.store.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ExportTest {
  private final ManualClock clock = ManualClock.at("2026-01-01T12:00:00Z");
  private final FakeEventStore store = new FakeEventStore(clock);
  private final EventList list = new EventList(store, clock);
  private final StoreReads reads = new StoreReads(list, Runnable::run);
  private final AtomicLong waitingOfAll = new AtomicLong();
  private final FakeLine line = new FakeLine();
  private final Outlet outlet = new Outlet(line, waitingOfAll, () -> 0, () -> {});

  @Test
  void tells_everything_up_to_the_newest_at_its_begin() throws Exception {
    store.append(events("a", 0, 2_000));
    line.takingAll();
    Export export = begin(Map.of(), Long.MAX_VALUE);
    store.append(events("late", 0, 10));

    tellAll(export);

    assertThat(line.sent()).isEqualTo(ids("a", 0, 2_000));
  }

  @Test
  void ends_at_once_in_an_empty_store() throws Exception {
    assertThat(begin(Map.of(), Long.MAX_VALUE).write(outlet, 0)).isEqualTo(Content.ENDED);
    assertThat(line.sent()).isEmpty();
  }

  @Test
  void goes_backwards_and_filters_as_the_list_does() throws Exception {
    line.takingAll();
    store.append(IntStream.range(0, 300).mapToObj(i -> event("e-" + i, "t" + i % 3)).toList());

    tellAll(begin(Map.of("order", List.of("desc"), "type", List.of("t1")), Long.MAX_VALUE));

    assertThat(line.sent())
        .isEqualTo(
            IntStream.range(0, 300)
                .filter(i -> i % 3 == 1)
                .mapToObj(i -> "e-" + i)
                .toList()
                .reversed());
  }

  @Test
  void tells_no_more_than_was_asked_for() throws Exception {
    line.takingAll();
    store.append(events("a", 0, 200));

    tellAll(begin(Map.of(), 150));

    assertThat(line.sent()).isEqualTo(ids("a", 0, 150));
  }

  @Test
  void keeps_little_for_a_reader_that_takes_nothing_and_goes_on_where_it_was() throws Exception {
    String large = "x".repeat(10_000);
    store.append(IntStream.range(0, 500).mapToObj(i -> event(large + i)).toList());
    Export export = begin(Map.of(), Long.MAX_VALUE);

    int most = 0;
    long pause = export.write(outlet, 0);
    while (pause != Content.ENDED) {
      pause = export.write(outlet, 0);
      most = (int) Math.max(most, waitingOfAll.get());
      if (outlet.isFull(0)) {
        line.take();
      }
    }

    assertThat(most).isBetween(Outlet.ROOM, Outlet.ROOM + 2 * large.length());
    assertThat(line.sent()).isEqualTo(ids(large, 0, 500).stream().map(this::withoutDash).toList());
  }

  private String withoutDash(String id) {
    return id.replace("-", "");
  }

  private Export begin(Map<String, List<String>> parameters, long most) throws Exception {
    EventQuery query = ((EventQuery.Reading.Valid) list.query(parameters)).query();
    return Export.begin(reads, query, most, ExportTest::id);
  }

  private static byte[] id(StoredEvent event) {
    return event.event().id().getBytes(StandardCharsets.UTF_8);
  }

  private void tellAll(Export export) throws Exception {
    while (export.write(outlet, 0) != Content.ENDED) {
      assertThat(line.sent()).hasSizeLessThanOrEqualTo(store.all().size());
    }
  }

  private static List<String> ids(String name, int from, int to) {
    return events(name, from, to).stream().map(event -> event.id()).toList();
  }
}
