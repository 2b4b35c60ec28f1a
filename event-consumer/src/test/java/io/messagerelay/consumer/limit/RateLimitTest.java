package io.messagerelay.consumer.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private long now;
  private final RateLimit<Integer> limit = new RateLimit<>(10, () -> now);

  @Test
  void says_what_is_left_and_how_long_to_wait() {
    assertThat(limit.take(1)).isEqualTo(new RateLimit.Standing(true, 9, Duration.ZERO));
    limit.charge(1, 9);

    assertThat(limit.take(1)).isEqualTo(new RateLimit.Standing(false, 0, Duration.ofMillis(100)));
    assertThat(limit.look(1).left()).isZero();
    now += Duration.ofMillis(500).toNanos();
    assertThat(limit.look(1)).isEqualTo(new RateLimit.Standing(true, 5, Duration.ZERO));
  }

  @Test
  void a_debt_is_nothing_left_and_a_longer_wait() {
    limit.charge(1, 30);

    assertThat(limit.look(1)).isEqualTo(new RateLimit.Standing(true, 0, Duration.ofMillis(2_100)));
  }

  @Test
  void keys_do_not_share() {
    limit.charge(1, 10);

    assertThat(limit.take(1).granted()).isFalse();
    assertThat(limit.take(2).granted()).isTrue();
  }

  @Test
  void a_million_keys_take_the_memory_of_the_last_ones() {
    for (int key = 0; key < 1_000_000; key++) {
      limit.look(key);
    }
    assertThat(limit.keys()).isBetween(RateLimit.KEPT * 9 / 10, RateLimit.KEPT);
  }
}
