package io.messagerelay.propagator.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.propagator.spool.Books;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class RatesTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
  private final Rates rates = new Rates(nanos::get);

  private void pass(long seconds) {
    nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }

  private static Books delivered(long delivered) {
    return new Books(delivered + 3, delivered, 3, 0, 0, 0, 0);
  }

  @Test
  void a_rate_is_known_from_the_second_look_on_and_follows_the_last_seconds() {
    assertThat(rates.of("main", delivered(100))).isEmpty();
    assertThat(rates.of("other", delivered(0))).isEmpty();
    pass(1);
    assertThat(rates.of("main", delivered(300))).hasValue(200);
    pass(1);
    assertThat(rates.of("main", delivered(300))).hasValue(100);
    for (int i = 0; i < 6; i++) {
      pass(1);
      rates.of("main", delivered(300));
    }

    assertThat(rates.of("main", delivered(300))).hasValue(0);
  }

  @Test
  void looks_that_are_far_apart_are_compared_with_the_one_before() {
    rates.of("main", delivered(0));
    pass(60);
    assertThat(rates.of("main", delivered(600))).hasValue(10);
    pass(60);
    assertThat(rates.of("main", delivered(600))).hasValue(0);
  }
}
