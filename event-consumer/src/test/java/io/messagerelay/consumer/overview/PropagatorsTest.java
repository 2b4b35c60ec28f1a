package io.messagerelay.consumer.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.messagerelay.consumer.overview.Propagators.Heard;
import io.messagerelay.consumer.store.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PropagatorsTest {
  private final ManualClock clock = ManualClock.at("2026-01-01T12:00:00Z");
  private final Propagators propagators = new Propagators(clock);

  private static PropagatorReport report(String name, long pending) {
    return new PropagatorReport(name, pending, OptionalDouble.of(1), 0);
  }

  private List<String> names() {
    return propagators.all().stream().map(heard -> heard.report().name()).toList();
  }

  @Test
  void each_is_known_by_its_last_words() {
    propagators.hear(report("b", 1));
    propagators.hear(report("a", 2));
    clock.advance(Duration.ofSeconds(5));
    propagators.hear(report("b", 3));

    assertThat(propagators.all())
        .containsExactly(
            new Heard(report("a", 2), Instant.parse("2026-01-01T12:00:00Z")),
            new Heard(report("b", 3), Instant.parse("2026-01-01T12:00:05Z")));
  }

  @Test
  void the_one_not_heard_of_for_longest_makes_room_for_one_too_many() {
    for (int i = 0; i < Propagators.MOST; i++) {
      propagators.hear(report("p" + i, i));
    }
    propagators.hear(report("p0", 0));
    propagators.hear(report("another", 1));

    assertThat(names()).hasSize(Propagators.MOST).contains("p0", "another").doesNotContain("p1");
  }

  @Test
  void whoever_is_silent_for_more_than_an_hour_is_forgotten() {
    propagators.hear(report("silent", 1));
    clock.advance(Duration.ofMinutes(30));
    propagators.hear(report("other", 1));
    clock.advance(Duration.ofMinutes(30));
    assertThat(names()).containsExactly("other", "silent");

    clock.advance(Duration.ofMillis(1));
    assertThat(names()).containsExactly("other");
  }
}
