package io.messagerelay.consumer.tail;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ForgottenTest {
  private final Forgotten forgotten = new Forgotten(2);

  @Test
  void knows_the_last_place_of_each_type() {
    forgotten.reset(5);
    forgotten.add("a", 6);
    forgotten.add("b", 7);
    forgotten.add("a", 8);

    assertThat(forgotten.of("a")).isEqualTo(8);
    assertThat(forgotten.of("b")).isEqualTo(7);
    assertThat(forgotten.of("never")).isEqualTo(5);
  }

  @Test
  void of_those_it_has_no_room_for_it_gives_a_place_that_is_too_far_rather_than_too_near() {
    forgotten.reset(0);
    forgotten.add("a", 1);
    forgotten.add("b", 2);
    forgotten.add("a", 3);
    forgotten.add("c", 4);

    assertThat(forgotten.of("b")).isEqualTo(2);
    assertThat(forgotten.of("never")).isEqualTo(2);
    assertThat(forgotten.of("a")).isEqualTo(3);

    forgotten.reset(9);
    assertThat(forgotten.of("a")).isEqualTo(9);
  }
}
