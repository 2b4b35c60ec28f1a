package io.messagerelay.consumer.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReadinessTest {
  private long now = 5;
  private int asked;
  private boolean accepting = true;
  private boolean commits = true;
  private final Readiness readiness = new Readiness(() -> accepting, this::askStore, () -> now);

  private boolean askStore() {
    asked++;
    return commits;
  }

  @Test
  void nothing_stands_in_the_way_when_the_store_commits() {
    assertThat(readiness.obstacle()).isEmpty();
  }

  @Test
  void a_store_that_cannot_commit_is_an_obstacle_until_it_can_again() {
    commits = false;
    assertThat(readiness.obstacle().orElseThrow().kind()).isEqualTo(Problem.Kind.STORE_UNAVAILABLE);

    commits = true;
    now += Duration.ofSeconds(1).toNanos();
    assertThat(readiness.obstacle()).isEmpty();
  }

  @Test
  void the_store_is_asked_once_a_second_however_often_it_is_looked_at() {
    for (int i = 0; i < 100; i++) {
      readiness.obstacle();
      now += Duration.ofMillis(50).toNanos();
    }

    assertThat(asked).isEqualTo(5);
  }

  @Test
  void draining_is_seen_at_once_and_without_the_store() {
    accepting = false;

    assertThat(readiness.obstacle().orElseThrow().kind()).isEqualTo(Problem.Kind.DRAINING);
    assertThat(asked).isZero();
  }

  @Test
  void every_obstacle_says_when_to_look_again() {
    commits = false;
    assertThat(readiness.obstacle().orElseThrow().headers()).containsEntry("Retry-After", "1");

    accepting = false;
    assertThat(readiness.obstacle().orElseThrow().headers()).containsEntry("Retry-After", "1");
  }
}
