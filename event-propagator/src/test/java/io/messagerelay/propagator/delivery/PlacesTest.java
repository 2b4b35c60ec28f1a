package io.messagerelay.propagator.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlacesTest {
  private final List<Integer> woken = new ArrayList<>();
  private final Places places = new Places(4, () -> 0, woken::add);

  private void take(int... lanes) {
    IntStream.of(lanes).forEach(lane -> assertThat(places.take(lane)).as("lane " + lane).isTrue());
  }

  /** Four in flight, and all fail. */
  private void narrow() {
    take(0, 1, 2, 3);
    IntStream.range(0, 4).forEach(places::sent);
    IntStream.of(3, 2, 1, 0).forEach(places::failed);
    assertThat(places.allowed()).isOne();
  }

  @Test
  void each_lane_has_a_place_at_first_and_one_more_finds_none() {
    take(0, 1, 2, 3, 2);

    assertThat(places.take(4)).isFalse();
    assertThat(woken).isEmpty();
  }

  @Test
  void what_is_free_goes_to_those_who_wait_longest_and_wakes_them() {
    take(0, 1, 2, 3);
    for (int lane : new int[] {6, 4, 5, 6}) {
      assertThat(places.take(lane)).isFalse();
    }

    assertThat(places.answered(2)).as("the place is kept").isFalse();
    places.leave(0);
    places.handOver();

    assertThat(woken).containsExactly(6, 4);
    take(6, 4);
    assertThat(places.take(2)).as("in line behind 5").isFalse();
    assertThat(places.answered(4)).isFalse();
    assertThat(places.answered(6)).isFalse();
    assertThat(woken).containsExactly(6, 4, 5, 2);
  }

  @Test
  void a_lane_keeps_its_place_from_answer_to_answer_while_nobody_waits() {
    take(0);
    for (int i = 0; i < 10; i++) {
      places.sent(0);
      assertThat(places.answered(0)).isTrue();
    }
    assertThat(places.answered(0)).as("of what was never sent").isTrue();
    assertThat(places.answered(1)).as("by who has none").isFalse();
  }

  @Test
  void a_failure_halves_what_is_allowed_and_gives_its_place_to_nobody() {
    take(0, 1, 2, 3);
    assertThat(places.take(4)).isFalse();
    IntStream.range(0, 4).forEach(places::sent);

    places.failed(3);

    assertThat(places.allowed()).isEqualTo(2);
    assertThat(woken).isEmpty();
    assertThat(places.answered(1)).as("three are in flight, and three may be").isFalse();
    assertThat(woken).containsExactly(4);
  }

  @Test
  void one_place_grows_with_each_answer_and_at_last_with_each_round_of_them() {
    narrow();
    take(0);
    IntStream.of(1, 2, 3).forEach(lane -> assertThat(places.take(lane)).isFalse());

    places.sent(0);
    places.answered(0);
    assertThat(places.allowed()).isEqualTo(2);
    assertThat(woken).containsExactly(1, 2);

    places.sent(1);
    places.sent(2);
    places.answered(1);
    assertThat(places.allowed()).as("three of four are soon back").isEqualTo(3);
    places.answered(2);
    assertThat(woken).containsExactly(1, 2, 3);

    for (int answer = 0; answer < 2; answer++) {
      assertThat(places.allowed()).isEqualTo(3);
      places.sent(2);
      places.sent(3);
      places.answered(answer % 2 == 0 ? 2 : 3);
    }
    assertThat(places.allowed()).isEqualTo(4);
  }

  @Test
  void who_was_turned_away_takes_the_place_of_one_who_was_answered() {
    take(0, 1, 2, 3);
    IntStream.range(0, 4).forEach(places::sent);
    places.failed(3);
    places.answered(2);
    places.leave(2);
    assertThat(places.allowed()).as("two are in flight").isEqualTo(3);

    assertThat(places.take(3)).as("what is left").isFalse();
    assertThat(places.answered(0)).as("the place is kept").isFalse();
    assertThat(woken).containsExactly(3);
    take(3);
    assertThat(places.take(0)).as("who made room").isFalse();
    assertThat(places.answered(1)).as("the place is kept").isFalse();
    assertThat(woken).containsExactly(3, 0);
    take(1);
  }

  @Test
  void who_was_turned_away_takes_what_is_left_when_it_asks_once_more_or_is_alone() {
    take(0, 1);
    places.sent(0);
    places.failed(0);
    assertThat(places.take(0)).isFalse();
    take(0);
    places.sent(0);
    places.failed(0);
    places.leave(1);
    take(0);
  }

  @Test
  void no_lane_starves_where_places_are_few() {
    narrow();
    int[] sent = new int[4];
    IntStream.range(0, 4).forEach(places::take);
    int holder = 0;
    for (int i = 0; i < 400; i++) {
      sent[holder]++;
      woken.clear();
      places.leave(holder);
      places.handOver();
      assertThat(places.take(holder)).isFalse();
      holder = woken.getFirst();
    }

    assertThat(sent).containsOnly(100);
  }

  @Test
  void who_must_wait_for_another_reason_has_no_place_and_is_in_line() {
    take(0, 1, 2, 3);
    places.waitInLine(3);
    take(4);
    assertThat(places.take(5)).isFalse();

    places.leave(4);
    places.handOver();

    assertThat(woken).containsExactly(3);
  }

  @Test
  void the_most_that_were_under_way_are_told_once() {
    take(0, 1, 2);
    assertThat(places.mostUnderWay()).isZero();
    places.sent(0);
    places.sent(1);
    places.answered(1);
    assertThat(places.mostUnderWay()).isEqualTo(2);
    assertThat(places.mostUnderWay()).as("that is still under way").isOne();
    places.failed(0);
    assertThat(places.mostUnderWay()).isOne();
    assertThat(places.mostUnderWay()).isZero();
  }
}
