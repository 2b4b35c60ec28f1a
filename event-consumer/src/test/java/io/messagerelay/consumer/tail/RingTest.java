package io.messagerelay.consumer.tail;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.consumer.store.StoredEvent;
import io.messagerelay.contract.Event;
import io.messagerelay.contract.Payload;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RingTest {
  private static final long KEPT = Ring.LONGEST_KEPT.toNanos();

  private final Ring ring = new Ring(1_000_000);

  @BeforeEach
  void begin() {
    ring.reset(0);
  }

  private void add(long position, long at) {
    var event = new Event("e" + position, "t", Payload.ofString("p"), null, null);
    var stored = new StoredEvent(position, event, Instant.EPOCH);
    ring.add(List.of(new Ring.Kept(stored, new byte[100], at)));
  }

  private List<Long> behind(long position) {
    return ring.behind(position, 10).orElseThrow().stream()
        .map(kept -> kept.event().position())
        .toList();
  }

  @Test
  void an_event_is_let_go_when_it_was_here_for_too_long_and_the_store_has_it_then() {
    add(1, 0);
    add(2, 5);
    ring.forget(KEPT);
    assertThat(behind(0)).containsExactly(1L, 2L);

    ring.forget(KEPT + 1);
    assertThat(ring.behind(0, 10)).isEmpty();
    assertThat(behind(1)).containsExactly(2L);

    ring.forget(KEPT + 6);
    assertThat(ring.bytes()).isZero();
    assertThat(ring.head()).isEqualTo(2);
    assertThat(ring.behind(1, 10)).isEmpty();
    assertThat(behind(2)).isEmpty();
    add(3, KEPT);
    assertThat(behind(2)).containsExactly(3L);
  }
}
