package io.messagerelay.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShortIdTest {
  @Test
  void a_long_id_is_its_beginning_and_its_end() {
    assertThat(ShortId.of("01995b7e-3f7a-7c1d-9a54-0b1c2d3e4f2a")).isEqualTo("01995b7e…4f2a");
  }

  @Test
  void a_short_id_stays_as_it_is() {
    assertThat(ShortId.of("order-4711-ab")).isEqualTo("order-4711-ab");
  }

  @Test
  void a_character_is_never_cut_in_two() {
    assertThat(ShortId.of("😀".repeat(14))).isEqualTo("😀".repeat(8) + "…" + "😀".repeat(4));
  }
}
