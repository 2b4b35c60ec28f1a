package io.messagerelay.benchmarks.slowing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SlownessTest {
  private static final Slowness SLOW = new Slowness(100, 200, 5);

  @Test
  void work_that_ends_before_it_takes_its_time() {
    assertThat(SLOW.end(90, 10)).isEqualTo(100);
  }

  @Test
  void work_within_it_takes_longer() {
    assertThat(SLOW.end(100, 10)).isEqualTo(150);
  }

  @Test
  void work_under_way_when_it_begins_goes_on_slowly() {
    assertThat(SLOW.end(90, 15)).isEqualTo(125);
  }

  @Test
  void work_under_way_when_it_ends_goes_on_fast() {
    assertThat(SLOW.end(150, 15)).isEqualTo(205);
  }

  @Test
  void work_over_all_of_it_is_slow_only_in_it() {
    assertThat(SLOW.end(95, 30)).isEqualTo(205);
  }

  @Test
  void work_after_it_takes_its_time() {
    assertThat(SLOW.end(200, 10)).isEqualTo(210);
  }

  @Test
  void without_any_no_work_takes_longer() {
    assertThat(Slowness.none(100).end(100, 10)).isEqualTo(110);
  }
}
