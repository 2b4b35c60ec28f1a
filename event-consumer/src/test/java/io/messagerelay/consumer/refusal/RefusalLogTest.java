package io.messagerelay.consumer.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.consumer.store.ManualClock;
import io.messagerelay.consumer.store.Refusal;
import io.messagerelay.consumer.store.RefusalStore;
import io.messagerelay.consumer.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of refusals behind the answers. */
class RefusalLogTest {
  private static final RefusalBounds BOUNDS = new RefusalBounds(3, Duration.ofDays(7));

  private final ManualClock clock = ManualClock.at("2026-01-08T12:00:00Z");
  private final Store store = new Store();
  private final RefusalLog log = new RefusalLog(store, BOUNDS, clock);

  private static final class Store implements RefusalStore {
    private final List<List<Refusal>> groups = new ArrayList<>();
    private final List<String> forgotten = new ArrayList<>();
    private boolean away;

    @Override
    public void keep(List<Refusal> refusals) throws StoreException {
      requireThere();
      groups.add(List.copyOf(refusals));
    }

    @Override
    public List<Refusal.Kept> page(long before, int limit) {
      return List.of();
    }

    @Override
    public int forget(Instant before, long most, int atMost) throws StoreException {
      requireThere();
      forgotten.add(before + " " + most);
      return 0;
    }

    private void requireThere() throws StoreException {
      if (away) {
        throw new StoreException(StoreException.Kind.UNAVAILABLE, "away");
      }
    }
  }

  private void add(int count) {
    for (int i = 0; i < count; i++) {
      log.add("anna", "e" + i, "t", List.of("/a is bad"), "{");
    }
  }

  @Test
  void what_waits_is_kept_in_groups_with_its_time() {
    add(RefusalLog.LARGEST_GROUP + 1);

    log.step();
    log.step();

    assertThat(store.groups).extracting(List::size).containsExactly(RefusalLog.LARGEST_GROUP, 1);
    assertThat(store.groups.getFirst().getFirst())
        .isEqualTo(new Refusal(clock.instant(), "anna", "e0", "t", List.of("/a is bad"), "{"));
    assertThat(log.kept()).isEqualTo(RefusalLog.LARGEST_GROUP + 1);
    assertThat(log.lost()).isZero();
  }

  @Test
  void what_waits_at_the_end_is_kept() {
    log.start();
    add(3 * RefusalLog.LARGEST_GROUP);

    log.close();

    assertThat(log.kept()).isEqualTo(3 * RefusalLog.LARGEST_GROUP);
    assertThat(store.groups.stream().mapToInt(List::size).sum())
        .isEqualTo(3 * RefusalLog.LARGEST_GROUP);
    assertThat(log.lost()).isZero();
  }

  @Test
  void what_waits_at_the_end_and_finds_no_store_is_counted_as_lost() {
    add(3);
    store.away = true;

    log.close();

    assertThat(log.lost()).isEqualTo(3);
  }

  @Test
  void what_finds_no_room_is_counted_as_lost() {
    add(RefusalLog.ROOM + 5);

    assertThat(log.lost()).isEqualTo(5);
  }

  @Test
  void what_finds_no_store_is_counted_as_lost_and_the_next_is_kept() {
    add(2);
    store.away = true;
    log.step();
    store.away = false;
    add(1);
    log.step();

    assertThat(log.lost()).isEqualTo(2);
    assertThat(log.kept()).isEqualTo(1);
  }

  @Test
  void bounds_are_kept_also_while_nothing_is_refused() {
    log.step();

    assertThat(store.groups).isEmpty();
    assertThat(store.forgotten).containsExactly("2026-01-01T12:00:00Z 3");
  }

  @Test
  void none_are_kept_where_none_are_wanted() {
    var none = new RefusalLog(store, new RefusalBounds(0, Duration.ofDays(1)), clock);

    none.add("anna", null, null, List.of("x"), "");
    none.step();

    assertThat(store.groups).isEmpty();
    assertThat(none.lost()).isZero();
  }
}
