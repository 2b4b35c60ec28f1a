package io.messagerelay.consumer.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

class ConcurrencyLimitTest {
  private final ConcurrencyLimit<String> limit = new ConcurrencyLimit<>(2);

  @Test
  void a_key_gets_as_many_places_as_there_are_and_others_are_not_concerned() {
    assertThat(limit.enter("a")).isTrue();
    assertThat(limit.enter("a")).isTrue();
    assertThat(limit.enter("a")).isFalse();
    assertThat(limit.enter("b")).isTrue();
  }

  @Test
  void a_place_that_was_given_back_is_there_for_the_next() {
    limit.enter("a");
    limit.enter("a");
    limit.leave("a");

    assertThat(limit.enter("a")).isTrue();
    assertThat(limit.enter("a")).isFalse();
  }

  @Test
  void who_was_refused_holds_nothing() {
    var none = new ConcurrencyLimit<String>(0);

    assertThat(none.enter("a")).isFalse();
    assertThat(none.keys()).isZero();
  }

  @Test
  void a_key_without_places_takes_no_memory() {
    for (int i = 0; i < 1_000; i++) {
      limit.enter("key" + i);
      limit.leave("key" + i);
    }
    assertThat(limit.keys()).isZero();
  }

  @Test
  void to_give_back_more_than_was_taken_is_a_fault() {
    assertThatThrownBy(() -> limit.leave("a")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void threads_that_come_and_go_leave_nothing_behind_and_never_pass_the_limit() throws Exception {
    var visited = new LongAdder();
    Callable<Boolean> visits =
        () -> {
          for (int i = 0; i < 20_000; i++) {
            if (limit.enter("a")) {
              assertThat(limit.held("a")).isBetween(1, 2);
              visited.increment();
              limit.leave("a");
            }
          }
          return true;
        };
    try (var threads = Executors.newFixedThreadPool(4)) {
      for (Future<Boolean> visitor : threads.invokeAll(Collections.nCopies(4, visits))) {
        assertThat(visitor.get()).isTrue();
      }
    }
    assertThat(visited.sum()).isPositive();
    assertThat(limit.keys()).isZero();
  }
}
