package io.messagerelay.consumer.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.consumer.store.StoreException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

class StoreSizeTest {
  private final Deque<Runnable> looks = new ArrayDeque<>();
  private long now = 5;
  private int looked;
  private boolean away;
  private final StoreSize size = new StoreSize(this::bytes, looks::add, () -> now);

  private long bytes() throws StoreException {
    looked++;
    if (away) {
      throw new StoreException(StoreException.Kind.UNAVAILABLE, "away");
    }
    return looked * 1_000L;
  }

  private void look() {
    looks.remove().run();
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  @Test
  void nobody_waits_for_the_store_and_it_is_not_known_before_it_has_answered() {
    assertThat(size.bytes()).isNaN();
    assertThat(looked).isZero();

    look();
    assertThat(size.bytes()).isEqualTo(1_000);
  }

  @Test
  void the_store_is_asked_once_a_minute_however_often_it_is_looked_at() {
    for (int i = 0; i < 100; i++) {
      size.bytes();
      looks.forEach(Runnable::run);
      looks.clear();
      pass(Duration.ofSeconds(3));
    }

    assertThat(looked).isEqualTo(5);
  }

  @Test
  void a_store_that_hangs_is_not_asked_again_and_what_it_said_last_stays() {
    size.bytes();
    look();
    for (int i = 0; i < 100; i++) {
      pass(StoreSize.FRESH);
      assertThat(size.bytes()).isEqualTo(1_000);
    }

    assertThat(looks).hasSize(1);
    look();
    assertThat(size.bytes()).isEqualTo(2_000);
  }

  @Test
  void a_store_that_is_away_is_asked_again_a_minute_later() {
    size.bytes();
    look();
    away = true;
    pass(StoreSize.FRESH);
    size.bytes();
    look();
    assertThat(size.bytes()).isEqualTo(1_000);

    away = false;
    pass(StoreSize.FRESH);
    size.bytes();
    look();
    assertThat(size.bytes()).isEqualTo(3_000);
  }
}
