package io.messagerelay.propagator.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LanesTest {
  @Test
  void keys_spread_over_all_lanes() {
    var lanes = new Lanes(8);

    assertThat(IntStream.range(0, 1_000).map(i -> lanes.of("order-" + i, "s")).distinct().count())
        .isEqualTo(8);
  }

  @Test
  void events_without_a_key_share_the_lane_of_their_source() {
    var lanes = new Lanes(64);

    assertThat(IntStream.range(0, 100).map(i -> lanes.of(null, "source-" + i)).distinct().count())
        .isGreaterThan(20);
  }

  @Test
  void a_lane_is_the_same_in_every_run() {
    assertThat(new Lanes(64).of("order-4711", "data.json")).isEqualTo(35);
  }

  @Test
  void a_number_out_of_range_is_refused() {
    assertThatThrownBy(() -> new Lanes(0)).hasMessage("lanes: 0; expected 1 to 64");
    assertThatThrownBy(() -> new Lanes(65)).hasMessage("lanes: 65; expected 1 to 64");
  }
}
