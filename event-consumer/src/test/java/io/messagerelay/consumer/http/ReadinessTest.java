package io.messagerelay.consumer.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReadinessTest {
  private long now = 5;
  private int asked;
  private boolean accepting = true;
  private boolean commits = true;
  private boolean hangs;
  private final Deque<Runnable> hanging = new ArrayDeque<>();
  private final Readiness readiness =
      new Readiness(() -> accepting, this::askStore, this::ask, () -> now);

  private boolean askStore() {
    asked++;
    return commits;
  }

  private void ask(Runnable asking) {
    if (hangs) {
      hanging.add(asking);
    } else {
      asking.run();
    }
  }

  private Optional<Problem> obstacle() {
    return readiness.obstacle().toCompletableFuture().join();
  }

  private Problem.Kind kind() {
    return obstacle().orElseThrow().kind();
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  @Test
  void nothing_stands_in_the_way_when_the_store_commits() {
    assertThat(obstacle()).isEmpty();
  }

  @Test
  void a_store_that_cannot_commit_is_an_obstacle_until_it_can_again() {
    commits = false;
    assertThat(kind()).isEqualTo(Problem.Kind.STORE_UNAVAILABLE);

    commits = true;
    pass(Duration.ofSeconds(1));
    assertThat(obstacle()).isEmpty();
  }

  @Test
  void the_store_is_asked_once_a_second_however_often_it_is_looked_at() {
    for (int i = 0; i < 100; i++) {
      obstacle();
      pass(Duration.ofMillis(50));
    }

    assertThat(asked).isEqualTo(5);
  }

  @Test
  void a_store_that_hangs_is_an_obstacle_within_two_seconds() throws Exception {
    hangs = true;
    var first = readiness.obstacle().toCompletableFuture();
    var second = readiness.obstacle().toCompletableFuture();

    assertThat(first).isNotDone();
    assertThat(first.get(10, TimeUnit.SECONDS)).isPresent();
    assertThat(second.get(10, TimeUnit.SECONDS)).isPresent();
  }

  @Test
  void a_store_that_hangs_is_not_asked_again_and_nobody_waits_for_it_any_more() {
    hangs = true;
    readiness.obstacle();
    for (int i = 0; i < 100; i++) {
      pass(Duration.ofMillis(1_500));
      assertThat(kind()).isEqualTo(Problem.Kind.STORE_UNAVAILABLE);
    }
    assertThat(hanging).hasSize(1);

    hangs = false;
    hanging.remove().run();
    assertThat(obstacle()).isEmpty();
    assertThat(asked).isEqualTo(2);
  }

  @Test
  void a_fault_of_ours_is_told_as_one_and_the_store_is_asked_again() {
    var faulty =
        new Readiness(
            () -> true,
            () -> {
              asked++;
              throw new IllegalStateException("a bug");
            },
            Runnable::run,
            () -> now);

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> faulty.obstacle().toCompletableFuture().join())
          .hasRootCauseMessage("a bug");
      pass(Duration.ofSeconds(1));
    }
    assertThat(asked).isEqualTo(2);
  }

  @Test
  void one_who_does_not_wait_is_told_what_is_known_until_the_store_is_late() {
    hangs = true;
    assertThat(readiness.isReady()).isTrue();

    pass(Duration.ofMillis(1_499));
    assertThat(readiness.isReady()).isTrue();

    pass(Duration.ofMillis(1));
    assertThat(readiness.isReady()).isFalse();
    accepting = false;
    assertThat(readiness.isReady()).isFalse();
  }

  @Test
  void one_who_does_not_wait_asks_no_more_often() {
    assertThat(readiness.isReady()).isTrue();
    commits = false;
    assertThat(readiness.isReady()).isTrue();
    assertThat(asked).isEqualTo(1);

    pass(Duration.ofSeconds(1));
    assertThat(readiness.isReady()).isFalse();
  }

  @Test
  void draining_is_seen_at_once_and_without_the_store() {
    accepting = false;

    assertThat(kind()).isEqualTo(Problem.Kind.DRAINING);
    assertThat(asked).isZero();
  }

  @Test
  void every_obstacle_says_when_to_look_again() {
    commits = false;
    assertThat(obstacle().orElseThrow().headers()).containsEntry("Retry-After", "1");

    accepting = false;
    assertThat(obstacle().orElseThrow().headers()).containsEntry("Retry-After", "1");
  }
}
